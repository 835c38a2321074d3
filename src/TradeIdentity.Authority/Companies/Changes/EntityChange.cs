using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Companies.Changes;

/// <summary>What an operator declares to have changed of its name, address, legal form, roles; until an officer confirms it, nothing of the register has.</summary>
public sealed record EntityChange
{
    public required string Id { get; init; }

    public required Tin Tin { get; init; }

    /// <summary>As it is from then on; its identifiers are not among it.</summary>
    public required EntityDetails Declared { get; init; }

    /// <summary>As the register had it when this was declared.</summary>
    public required EntityDetails Earlier { get; init; }

    /// <summary>Of the operator, when this was declared.</summary>
    public required int Version { get; init; }

    /// <summary>Why, and since when, in the words of who declares it.</summary>
    public required string Grounds { get; init; }

    /// <summary><c>open</c>, <c>confirmed</c>, <c>refused</c> or <c>withdrawn</c>.</summary>
    public required string State { get; init; }

    public required string DeclaredBy { get; init; }

    public required DateTimeOffset DeclaredAt { get; init; }

    /// <summary>What the officer saw; for officers.</summary>
    public string? Evidence { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; init; }

    public string? SettledBy { get; init; }

    public DateTimeOffset? SettledAt { get; init; }
}
