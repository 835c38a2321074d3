using System.Security.Cryptography;

namespace TradeIdentity.Authority.Keys;

/// <summary>An RSA key that signs tokens of OpenID Connect for clients that take no ES256.</summary>
public sealed class RsaSigningKey
{
    private readonly RSAParameters _private;

    internal RsaSigningKey(string kidText, RSAParameters parameters, DateTimeOffset createdAt, DateTimeOffset signsFrom, DateTimeOffset signsUntil, DateTimeOffset verifiesUntil) =>
        (KidText, _private, CreatedAt, SignsFrom, SignsUntil, VerifiesUntil) = (kidText, parameters, createdAt, signsFrom, signsUntil, verifiesUntil);

    /// <summary>The first 8 bytes of the SHA-256 of the SubjectPublicKeyInfo, hexadecimal in lower case.</summary>
    public string KidText { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>From then it signs; before, it is only announced.</summary>
    public DateTimeOffset SignsFrom { get; }

    /// <summary>From then it signs no more.</summary>
    public DateTimeOffset SignsUntil { get; }

    /// <summary>Until then it is published.</summary>
    public DateTimeOffset VerifiesUntil { get; }

    public bool SignsAt(DateTimeOffset at) => SignsFrom <= at && at < SignsUntil;

    /// <summary>With the private part, for the library that signs.</summary>
    public RSAParameters ToParameters() => _private;
}
