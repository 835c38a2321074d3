using System.Collections.Immutable;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Successions;

/// <summary>That operators were merged, divided or given another number, as one officer proposed it.</summary>
public sealed record SuccessionProposal
{
    /// <summary>32 lower-case hexadecimal characters, ordered by time.</summary>
    public required string Id { get; init; }

    /// <summary>Never a renaming: the register knows of that by itself.</summary>
    public required SuccessionKind Kind { get; init; }

    /// <summary>Who ends: one, or of a merger one to ten.</summary>
    public required ImmutableArray<Tin> Predecessors { get; init; }

    /// <summary>Who carries on: one, or of a division one to ten.</summary>
    public required ImmutableArray<Tin> Successors { get; init; }

    /// <summary>The first day on which the predecessors are no more.</summary>
    public required DateOnly EffectiveOn { get; init; }

    public required string LegalGround { get; init; }

    /// <summary>Account id of the officer.</summary>
    public required string ProposedBy { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary><c>open</c>, <c>approved</c>, <c>turned-down</c> or <c>withdrawn</c>.</summary>
    public required string State { get; init; }

    /// <summary>Account id of the officer who settled it.</summary>
    public string? SettledBy { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Why it was turned down.</summary>
    public string? Reason { get; init; }

    /// <summary>All that it concerns.</summary>
    public IEnumerable<Tin> Parties => Predecessors.Concat(Successors);
}
