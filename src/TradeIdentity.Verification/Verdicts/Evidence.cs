using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Verification.Verdicts;

/// <summary>What a verdict rests on, as far as the verification came.</summary>
public sealed record Evidence
{
    /// <summary>The time that was verified for.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The bundle that was verified with, or null where none could be taken.</summary>
    public TrustBundle? Bundle { get; init; }

    /// <summary>What the credential says, proven or not; null where it is malformed.</summary>
    public Credential? Credential { get; init; }

    /// <summary>The issuer whose key verified the signature; null before that.</summary>
    public Issuer? Issuer { get; init; }

    /// <summary>The status found; null where the verification ended before.</summary>
    public CredentialStatus? Status { get; init; }

    /// <summary>Of a Mandate credential: the status found of each link of its chain, the principal's first; else empty.</summary>
    public IReadOnlyList<StatusValue> LinkStatuses { get; init; } = [];

    /// <summary>
    /// What became of the holder, or of one for whom it acts, after this was issued; null where nothing did. It explains and decides
    /// nothing.
    /// </summary>
    public Succession? Succession { get; init; }
}
