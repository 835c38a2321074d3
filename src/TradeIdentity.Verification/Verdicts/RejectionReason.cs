namespace TradeIdentity.Verification.Verdicts;

/// <summary>Why a credential is refused. Numbers and codes (<see cref="ReasonCodes"/>) are stable: never renumbered or reused.</summary>
public enum RejectionReason
{
    /// <summary>Not a text of the profile: damaged in reading, or never one.</summary>
    Malformed = 1,

    /// <summary>A QR code of another kind than this verifier judges.</summary>
    UnsupportedEnvelope = 2,

    /// <summary>Signed with an algorithm that the trust bundle does not allow.</summary>
    AlgorithmNotAllowed = 3,

    /// <summary>Signed by a known key outside what the key may sign: issuer, type, country or time.</summary>
    IssuerNotAuthorised = 4,

    /// <summary>Altered after it was signed, or never signed by the key it names.</summary>
    SignatureInvalid = 5,

    /// <summary>Its validity has not begun.</summary>
    NotYetValid = 6,

    /// <summary>Its validity has ended.</summary>
    Expired = 7,

    /// <summary>Revoked by its issuer, for good.</summary>
    Revoked = 8,

    /// <summary>Suspended by its issuer, until lifted.</summary>
    Suspended = 9,

    /// <summary>A link of the mandate's chain does not hold.</summary>
    MandateBroken = 10,

    /// <summary>A one-time presentation that was shown before.</summary>
    Replayed = 11,

    /// <summary>The live presentation does not prove the holder's device.</summary>
    HolderBindingInvalid = 12,
}
