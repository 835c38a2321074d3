using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Envelopes;

/// <summary>
/// A document signer certificate: the key that checks HCERT envelopes, and the 8 bytes that name it. The certificate's own
/// chain and validity are for the caller's trust list to judge.
/// </summary>
public sealed class DocumentSigner : IDisposable
{
    /// <summary>Bytes of a key identifier: the first of the SHA-256 of the certificate's DER.</summary>
    public const int KeyIdLength = 8;

    // Certificates of the field are below 4 KB.
    private const int MaxCertificateLength = 16_384;

    private readonly byte[] _keyId;

    private DocumentSigner(byte[] keyId, VerificationKey key, DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        (_keyId, Key, NotBefore, NotAfter) = (keyId, key, notBefore, notAfter);

    /// <summary>8 bytes that name the certificate.</summary>
    public ReadOnlySpan<byte> KeyId => _keyId;

    /// <summary>Its public key.</summary>
    public VerificationKey Key { get; }

    /// <summary>From when the certificate is valid, UTC.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Until when it is, UTC.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Takes a certificate.</summary>
    /// <param name="der">X.509, DER.</param>
    /// <param name="signer">The signer; null where the answer is false.</param>
    /// <returns>False for no certificate, bytes behind it, or a key that <see cref="VerificationKey"/> does not take.</returns>
    public static bool TryFromCertificate(ReadOnlySpan<byte> der, [NotNullWhen(true)] out DocumentSigner? signer)
    {
        signer = null;
        if (der.IsEmpty || der.Length > MaxCertificateLength)
        {
            return false;
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            if (!certificate.RawData.AsSpan().SequenceEqual(der) || VerificationKey.Of(certificate) is not { } key)
            {
                return false;
            }

            signer = new DocumentSigner(
                SHA256.HashData(der)[..KeyIdLength], key, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
            return true;
        }
        catch (CryptographicException)
        {
            // The platform's only way to say that the bytes are no certificate, or the key no key.
            return false;
        }
    }

    /// <summary>Frees the native key.</summary>
    public void Dispose() => Key.Dispose();
}
