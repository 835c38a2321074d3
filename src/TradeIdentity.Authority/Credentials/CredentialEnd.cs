namespace TradeIdentity.Authority.Credentials;

/// <summary>How a credential was revoked. The numbers are in the ledger and are never changed.</summary>
public enum CredentialEnd
{
    /// <summary>The authority revoked this credential by itself: only the authority issues its successor.</summary>
    ByAuthority = 1,

    /// <summary>An AEO component that it names has ended.</summary>
    WithAeoComponent = 2,

    /// <summary>Its holder had another one issued in its place.</summary>
    Replaced = 3,

    /// <summary>Its holder reported it lost.</summary>
    ReportedLost = 4,

    /// <summary>Its holder was merged, divided or given another number.</summary>
    Superseded = 5,
}
