namespace TradeIdentity.Verification.Credentials;

/// <summary>
/// For whom the subject of a Mandate credential acts. It holds while every link does: each has a status of its own in the trust bundle.
/// </summary>
public sealed record MandateClaim
{
    /// <summary>In whose name the representative acts.</summary>
    public required Representation Representation { get; init; }

    /// <summary>Who granted each link, the principal first; 1 to 4. The credential's subject is the last representative.</summary>
    public required IReadOnlyList<MandateLinkClaim> Links { get; init; }

    /// <summary>
    /// The natural person who acts, by name; the subject is then the grantor of the last link. Null where the subject itself is the
    /// representative.
    /// </summary>
    public string? Bearer { get; init; }

    /// <summary>What the representative is limited to.</summary>
    public MandateLimits Limits { get; init; } = MandateLimits.None;

    /// <summary>For whom it acts: the grantor of the first link.</summary>
    public MandateLinkClaim Principal => Links[0];
}
