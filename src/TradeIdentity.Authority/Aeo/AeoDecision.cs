using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Aeo;

/// <summary>A decision on one component of an operator: what is decided, not by whom.</summary>
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

    /// <summary>Null: the day on which it is taken.</summary>
    public DateOnly? DecidedOn { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Of a grant that ends.</summary>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>Of a request for information, which <see cref="AskForInformation"/> alone makes: the last day to answer it.</summary>
    internal DateOnly? AnswerBy { get; init; }

    /// <summary>The provision and the reasons, 1 to 2,000 characters; required.</summary>
    public required string LegalGround { get; init; }
}
