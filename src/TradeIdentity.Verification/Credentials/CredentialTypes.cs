namespace TradeIdentity.Verification.Credentials;

/// <summary>The credential types every catalogue has, by code. Codes are never reused.</summary>
public static class CredentialTypes
{
    /// <summary>The legal identity of a trade actor.</summary>
    public const int LegalIdentity = 1;

    /// <summary>The legal identity with the AEO components it holds.</summary>
    public const int AeoStatus = 2;

    /// <summary>For whom a representative may act.</summary>
    public const int Mandate = 3;
}
