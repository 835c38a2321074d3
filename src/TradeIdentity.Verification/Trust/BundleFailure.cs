namespace TradeIdentity.Verification.Trust;

/// <summary>Why a bundle or delta was not taken.</summary>
public enum BundleFailure
{
    /// <summary>It was taken.</summary>
    None = 0,

    /// <summary>Not a bundle of this format: truncated, altered, another version, or another file.</summary>
    Malformed = 1,

    /// <summary>Not signed by a pinned anchor, or altered after it was signed.</summary>
    SignatureInvalid = 2,

    /// <summary>Older than the newest one seen: its sequence is lower.</summary>
    Rollback = 3,

    /// <summary>A delta that does not continue from the bundle in hand.</summary>
    OutOfOrder = 4,
}
