using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Mandates;

/// <summary>
/// One link: a grantor lets a representative act for the principal. The first link's grantor is the principal; a link that hangs
/// from another passes on what its grantor has, or less.
/// </summary>
public sealed record Mandate
{
    /// <summary>Links of a chain, at most: principal to broker, to another, to another, to its employee.</summary>
    public const int MaxLinks = 4;

    public required string Id { get; init; }

    /// <summary>The link that it hangs from; null for the first.</summary>
    public string? ParentId { get; init; }

    /// <summary>Place in the chain, from 0.</summary>
    public required int Level { get; init; }

    /// <summary>For whom goods are declared: the grantor of the first link.</summary>
    public required Tin Principal { get; init; }

    public required Tin Grantor { get; init; }

    public required MandateRepresentative Representative { get; init; }

    public required MandateKind Kind { get; init; }

    public required MandateScope Scope { get; init; }

    /// <summary>How many links may hang beneath; 0: it cannot be passed on.</summary>
    public required int FurtherLevels { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>From when on it no longer holds.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>What the authority holds for it, e.g. the reference of a deed; null where the grantor's own act is all.</summary>
    public string? Evidence { get; init; }

    public required MandateState State { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndGround { get; init; }

    /// <summary>Where its status travels; null until it is accepted.</summary>
    public StatusReference? StatusReference { get; init; }

    public StatusValue Status { get; init; }

    /// <summary>Of this link alone; null where it holds.</summary>
    public MandateFault? FaultAt(DateTimeOffset at) => State switch
    {
        MandateState.Offered => MandateFault.NotAccepted,
        MandateState.Accepted when at < ValidFrom => MandateFault.NotYet,
        MandateState.Accepted when at >= ValidUntil => MandateFault.Expired,
        MandateState.Accepted => null,
        _ => MandateFault.Ended,
    };
}
