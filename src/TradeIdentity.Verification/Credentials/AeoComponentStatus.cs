namespace TradeIdentity.Verification.Credentials;

/// <summary>Status of an AEO component that a credential may state.</summary>
public enum AeoComponentStatus
{
    /// <summary>In effect.</summary>
    Granted = 1,

    /// <summary>Suspended: no benefits meanwhile.</summary>
    Suspended = 2,
}
