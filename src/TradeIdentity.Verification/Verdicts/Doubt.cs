namespace TradeIdentity.Verification.Verdicts;

/// <summary>Why no answer can be given: what is missing is at the post, not in the credential. Numbers and codes are stable.</summary>
public enum Doubt
{
    /// <summary>Signed by a key that the trust bundle does not have: bring the bundle up to date.</summary>
    IssuerUnknown = 101,

    /// <summary>The newest status in hand is older than the post's policy allows.</summary>
    StatusStale = 102,

    /// <summary>The bundle does not cover the credential's status.</summary>
    StatusUnknown = 103,

    /// <summary>The bundle's next update is overdue, and the post has no policy that tolerates it.</summary>
    BundleExpired = 104,

    /// <summary>The bundle is not signed by a pinned anchor, or damaged.</summary>
    BundleSignatureInvalid = 105,

    /// <summary>The bundle is older than one that this post has had.</summary>
    BundleRollback = 106,

    /// <summary>The clock is earlier than the newest signed thing in hand: set it right.</summary>
    Clock = 107,
}
