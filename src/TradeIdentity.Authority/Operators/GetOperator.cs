using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Successions;

namespace TradeIdentity.Authority.Operators;

/// <summary>Answers one operator of the register.</summary>
public sealed class GetOperator(Database database, ProgrammeCatalogue programmes)
{
    private readonly OperatorReader _reader = new(programmes);

    public async Task<Outcome<Operator>> ExecuteAsync(Tin tin, CancellationToken cancellationToken) =>
        await _reader.FindAsync(database, tin, cancellationToken).ConfigureAwait(false) is { } found
            ? found
            : Unknown;

    /// <summary>Why nothing is done for an operator that is no more; null: it is.</summary>
    internal static Refusal? Ended(Operator held) => held.Succession is { IsEnd: true } succession
        ? new Refusal(
            "operator_ended",
            $"{held.Tin} was {succession.Kind.ToCode()} on {succession.EffectiveOn:O} and is carried on by {string.Join(", ", succession.Successors)}.")
        : null;

    internal static Refusal Unknown { get; } = new("operator_unknown", "The register has no operator with this TIN.");
}
