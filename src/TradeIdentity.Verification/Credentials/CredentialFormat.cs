namespace TradeIdentity.Verification.Credentials;

/// <summary>Keys and bounds of the QR profile, for its reader and its writer. The CDDL is in <c>docs/qr-profile.md</c>.</summary>
internal static class CredentialFormat
{
    /// <summary>The <c>typ</c> of a credential.</summary>
    internal const string Type = "ti1";

    // RFC 8392 §4: registered claims.
    internal const int Issuer = 1;
    internal const int ExpiresAt = 4;
    internal const int NotBefore = 5;
    internal const int IssuedAt = 6;

    // RFC 8392 §9.1.1: integers below -65536 are for private use.
    internal const int TradeFacts = -65537;
    internal const int Status = -65538;

    // Keys inside the trade facts.
    internal const int CredentialType = 0;
    internal const int LegalName = 1;
    internal const int Tin = 2;
    internal const int Jurisdiction = 3;
    internal const int Identifiers = 4;
    internal const int Roles = 5;
    internal const int Aeo = 6;
    internal const int Address = 7;
    internal const int EntityAssurance = 8;
    internal const int Mandate = 9;

    // Bounds, in bytes of UTF-8 where they are of texts: what fits the largest QR code with room for the rest.
    internal const int MaxIssuerBytes = 24;
    internal const int MaxLegalNameBytes = 512;
    internal const int MinTinLength = 3;
    internal const int MaxTinLength = 17;
    internal const int MaxIdentifierBytes = 64;

    // Keys of one byte each, so that RFC 7049's order of keys and RFC 8949's are the same.
    internal const int MaxIdentifierScheme = 23;
    internal const int MaxAddressBytes = 512;
    internal const int MaxAuthorisationNumberBytes = 35;
    internal const int MaxRoleBytes = 3;
    internal const int MaxItems = 16;
    internal const int MaxEntityAssurance = 3;
    internal const int StatusListLimit = 1 << 24;
    internal const int StatusIndexLimit = 1 << 24;

    // 31 December 9999: the last second and day that DateTimeOffset and DateOnly hold.
    internal const long MaxUnixSeconds = 253402300799;
    internal const int MaxUnixDays = 2932896;

    internal static readonly int UnixEpochDay = new DateOnly(1970, 1, 1).DayNumber;
}
