using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Aeo;

/// <summary>The report of an audit visit.</summary>
public sealed record AeoVisit
{
    /// <summary>32 lower-case hexadecimal characters, ordered by time; empty in a report that is not recorded yet.</summary>
    public string Id { get; init; } = "";

    public required Tin Tin { get; init; }

    /// <summary>Null: the programme of the operator's country.</summary>
    public string? Programme { get; init; }

    public required string Component { get; init; }

    /// <summary>The step of the component at which it was recorded.</summary>
    public int Step { get; init; }

    public required DateOnly VisitedOn { get; init; }

    /// <summary>Which premises, 1 to 200 characters.</summary>
    public required string Place { get; init; }

    /// <summary>Who went there for the authority, 1 to 500 characters.</summary>
    public required string Visitors { get; init; }

    /// <summary>One for each criterion of the component, in the order of the programme.</summary>
    public required IReadOnlyList<AeoFinding> Findings { get; init; }

    /// <summary>Whether the visit speaks for a grant.</summary>
    public required bool IsFavourable { get; init; }

    /// <summary>1 to 2,000 characters.</summary>
    public required string Conclusion { get; init; }

    public string RecordedBy { get; init; } = "";

    public DateTimeOffset RecordedAt { get; init; }
}
