using System.Collections.Immutable;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Operators;

/// <summary>What became of an operator since credentials were issued to it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="EffectiveOn">Its first day.</param>
/// <param name="Successors">Who carries it on; of a renaming the operator itself.</param>
public sealed record OperatorSuccession(SuccessionKind Kind, DateOnly EffectiveOn, ImmutableArray<Tin> Successors)
{
    /// <summary>The operator is no more: it takes no act, and none is taken for it. A renaming leaves it as it is.</summary>
    public bool IsEnd => Kind != SuccessionKind.Renamed;

    /// <summary>What is known of it once it has this name.</summary>
    internal static OperatorSuccession? Of(Operator? held, string legalName, DateTimeOffset now) =>
        held is null || held.LegalName == legalName || held.Succession?.IsEnd == true
            ? held?.Succession
            : new OperatorSuccession(SuccessionKind.Renamed, DateOnly.FromDateTime(now.UtcDateTime), [held.Tin]);
}
