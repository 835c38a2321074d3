using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Aeo;

/// <summary>An entry of a component's history. Never changed, never removed.</summary>
public sealed record AeoStep
{
    public required Tin Tin { get; init; }

    public required AeoAct Act { get; init; }

    /// <summary>Null: the operator had no such component before.</summary>
    public required AeoStatus? From { get; init; }

    /// <summary>The component as this step left it.</summary>
    public required AeoComponent Component { get; init; }

    /// <summary>Exactly one of them.</summary>
    public required AeoDecider TakenBy { get; init; }

    public string? LegalGround { get; init; }

    /// <summary>Account id of an officer or of who acts for the holder, or the id of a client of the authority, of an import too.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>The same as <see cref="ProposedBy"/> unless two officers decided.</summary>
    public required string ApprovedBy { get; init; }

    /// <summary>The register whose decision was imported; null: decided here.</summary>
    public string? Source { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}
