namespace TradeIdentity.Codecs.StatusLists;

/// <summary>Why a Status List Token was not read. The numbers are stable.</summary>
public enum StatusListFailure
{
    /// <summary>It was read.</summary>
    None = 0,

    /// <summary>No JWS in compact form, or no COSE_Sign1; no JSON object or CBOR map within.</summary>
    Malformed = 1,

    /// <summary><c>typ</c> is not that of a Status List Token (§5.1, §5.2).</summary>
    Type = 2,

    /// <summary><c>sub</c>, <c>iat</c> or the list is missing, or a claim is of another type.</summary>
    Claim = 3,

    /// <summary>The list itself is wrong: bits, base64url or zlib, or it is too long.</summary>
    List = 4,

    /// <summary>The signature is not the key's, or its algorithm not ES256.</summary>
    Signature = 5,

    /// <summary><c>sub</c> is not the URI that the list was fetched for (§8.3).</summary>
    Subject = 6,
}
