namespace TradeIdentity.Verification.Trust;

/// <summary>Status of a credential, with the values of Token Status List §7.1.</summary>
public enum StatusValue
{
    /// <summary>0x00 VALID.</summary>
    Valid = 0,

    /// <summary>0x01 INVALID: revoked, for good.</summary>
    Revoked = 1,

    /// <summary>0x02 SUSPENDED, until lifted.</summary>
    Suspended = 2,

    /// <summary>Not found in the bundle, or a value that this version does not know.</summary>
    Unknown = 3,
}
