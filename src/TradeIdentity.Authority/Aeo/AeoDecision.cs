using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Aeo;

/// <summary>A decision of this authority's officers on one component of an operator.</summary>
public sealed record AeoDecision
{
    public required Tin Tin { get; init; }

    /// <summary>Null: the programme of the operator's country.</summary>
    public string? Programme { get; init; }

    public required string Component { get; init; }

    public required AeoAct Act { get; init; }

    /// <summary>Of a grant, in a component with tiers.</summary>
    public string? Tier { get; init; }

    /// <summary>Of a suspension; required there.</summary>
    public SuspensionGround? SuspensionGround { get; init; }

    /// <summary>Of a grant; required there.</summary>
    public string? AuthorisationNumber { get; init; }

    public required DateOnly DecidedOn { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Of a grant that ends.</summary>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>The provision and the reasons, 1 to 2,000 characters; required.</summary>
    public required string LegalGround { get; init; }

    /// <summary>The officer who proposed it, as authenticated then.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>The officer who approves it, as authenticated now.</summary>
    public required string ApprovedBy { get; init; }
}
