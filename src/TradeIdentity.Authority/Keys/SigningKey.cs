using System.Security.Cryptography;
using TradeIdentity.Codecs.Cose;

namespace TradeIdentity.Authority.Keys;

/// <summary>A signing key: what is published of it, when it signs and verifies, and signing itself. Safe for many threads.</summary>
public sealed class SigningKey
{
    public const int KidLength = CoseKeyThumbprint.KidLength;
    public const int SignatureLength = CoseSign1.SignatureLength;

    private readonly P256Signer _signer;

    internal SigningKey(KeyPurpose purpose, P256Signer signer, DateTimeOffset createdAt, DateTimeOffset signsFrom, DateTimeOffset signsUntil, DateTimeOffset verifiesUntil)
    {
        _signer = signer;
        Purpose = purpose;
        Kid = CoseKeyThumbprint.OfP256(signer.X, signer.Y).AsMemory(0, KidLength);
        KidText = Convert.ToHexStringLower(Kid.Span);
        CreatedAt = createdAt;
        SignsFrom = signsFrom;
        SignsUntil = signsUntil;
        VerifiesUntil = verifiesUntil;
    }

    public KeyPurpose Purpose { get; }

    /// <summary>The first 8 bytes of the key's RFC 9679 thumbprint.</summary>
    public ReadOnlyMemory<byte> Kid { get; }

    /// <summary>The kid as 16 hexadecimal characters in lower case.</summary>
    public string KidText { get; }

    public ReadOnlyMemory<byte> PublicX => _signer.X;

    public ReadOnlyMemory<byte> PublicY => _signer.Y;

    public DateTimeOffset CreatedAt { get; }

    /// <summary>From then it signs; before, it is only announced.</summary>
    public DateTimeOffset SignsFrom { get; }

    /// <summary>From then it signs no more.</summary>
    public DateTimeOffset SignsUntil { get; }

    /// <summary>Until then it is published; nothing that it signs may outlive that.</summary>
    public DateTimeOffset VerifiesUntil { get; }

    public bool SignsAt(DateTimeOffset at) => SignsFrom <= at && at < SignsUntil;

    public bool VerifiesAt(DateTimeOffset at) => at < VerifiesUntil;

    /// <summary>Signs with ES256.</summary>
    /// <param name="hash">SHA-256 of what is signed: 32 bytes.</param>
    /// <param name="signature64">Receives r ‖ s (IEEE P1363): 64 bytes.</param>
    public void SignHash(ReadOnlySpan<byte> hash, Span<byte> signature64)
    {
        if (hash.Length != SHA256.HashSizeInBytes || signature64.Length != SignatureLength)
        {
            throw new ArgumentException("ES256 takes a hash of 32 bytes and gives a signature of 64.");
        }

        _signer.SignHash(hash, signature64);
    }

    /// <summary>Signs with ES256, under this key's kid.</summary>
    /// <returns>The COSE_Sign1 message, with <paramref name="payload"/> in it.</returns>
    internal byte[] SignMessage(string type, ReadOnlySpan<byte> payload)
    {
        var header = CoseSign1.EncodeProtectedHeader(Kid.Span, type);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> signature = stackalloc byte[SignatureLength];
        CoseSign1.HashToSign(header, payload, hash);
        SignHash(hash, signature);
        return CoseSign1.Encode(header, payload, signature);
    }

    /// <summary>A copy of the key for a library that signs by itself (tokens of OpenID Connect). The caller disposes it.</summary>
    public ECDsa ToECDsa() =>
        Purpose == KeyPurpose.OpenId
            ? ECDsa.Create(_signer.ToParameters())
            : throw new InvalidOperationException("Only a key of OpenID Connect leaves the store.");

    internal P256Signer Signer => _signer;
}
