namespace TradeIdentity.Codecs.Signatures;

/// <summary>
/// The signature algorithms that tokens of others may use. The numbers are those of the IANA COSE Algorithms registry;
/// none stands for an algorithm that this library does not verify.
/// </summary>
public enum SignatureAlgorithm
{
    /// <summary>Not one of these: EdDSA, an HMAC, <c>none</c>, a private one.</summary>
    None = 0,

    /// <summary>ECDSA with SHA-256 (RFC 9053 §2.1).</summary>
    ES256 = -7,

    /// <summary>ECDSA with SHA-384.</summary>
    ES384 = -35,

    /// <summary>ECDSA with SHA-512.</summary>
    ES512 = -36,

    /// <summary>RSASSA-PSS with SHA-256 and a salt of 32 bytes (RFC 8230 §2).</summary>
    PS256 = -37,

    /// <summary>RSASSA-PSS with SHA-384 and a salt of 48 bytes.</summary>
    PS384 = -38,

    /// <summary>RSASSA-PSS with SHA-512 and a salt of 64 bytes.</summary>
    PS512 = -39,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3, RFC 8812 §2).</summary>
    RS256 = -257,
}
