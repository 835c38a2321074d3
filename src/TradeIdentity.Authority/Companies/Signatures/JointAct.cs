using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Companies.Signatures;

/// <summary>What a member who signs jointly did, and another member has to sign before it takes effect. What there is to say of it is in one of the two.</summary>
public sealed record JointAct
{
    public required string Id { get; init; }

    public required Tin Tin { get; init; }

    /// <summary><c>aeo-submit</c>, <c>aeo-withdraw</c>, <c>aeo-relinquish</c>, <c>mandate-grant</c> or <c>master-data-release</c>.</summary>
    public required string Kind { get; init; }

    public AeoDecision? Aeo { get; init; }

    public MandateOffer? Mandate { get; init; }

    public required string ProposedBy { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>Then it lapses unsigned.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary><c>open</c>, <c>signed</c>, <c>declined</c>, <c>withdrawn</c>.</summary>
    public required string State { get; init; }

    public string? SettledBy { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Why it was declined.</summary>
    public string? Reason { get; init; }
}
