using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TradeIdentity.Codecs.Signatures;

/// <summary>
/// A public key that checks signatures of tokens that others issue: ECDSA on P-256, P-384 and P-521, or RSA of 2,048 to
/// 8,192 bits. Safe for use by many threads, one at a time; the hot path of trade credentials has its own
/// <see cref="Cose.P256VerificationKey"/>.
/// </summary>
public sealed class VerificationKey : IDisposable
{
    private const int MinRsaBits = 2048;

    // The time of a check grows with the key: beyond this a stranger's certificate costs more than it is worth.
    private const int MaxRsaBits = 8192;

    private readonly Lock _gate = new();
    private readonly ECDsa? _ecdsa;
    private readonly RSA? _rsa;

    private VerificationKey(ECDsa? ecdsa, RSA? rsa) => (_ecdsa, _rsa) = (ecdsa, rsa);

    /// <summary>Takes the point (x, y) of a curve.</summary>
    /// <param name="curve">The COSE number of the curve (RFC 9053 §7.1): 1 P-256, 2 P-384, 3 P-521.</param>
    /// <param name="x">Big-endian, as long as the curve's field.</param>
    /// <param name="y">Likewise.</param>
    /// <param name="key">The key; null where the answer is false.</param>
    /// <returns>False for another curve, another length, or a point that is not on the curve.</returns>
    public static bool TryFromPoint(int curve, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y, [NotNullWhen(true)] out VerificationKey? key)
    {
        key = null;
        var (named, length) = curve switch
        {
            1 => (ECCurve.NamedCurves.nistP256, 32),
            2 => (ECCurve.NamedCurves.nistP384, 48),
            3 => (ECCurve.NamedCurves.nistP521, 66),
            _ => (default, -1),
        };
        if (x.Length != length || y.Length != length)
        {
            return false;
        }

        var parameters = new ECParameters { Curve = named, Q = new ECPoint { X = x.ToArray(), Y = y.ToArray() } };
        return TryCreate(() => new VerificationKey(ECDsa.Create(parameters), null), out key);
    }

    /// <summary>Takes an RSA key.</summary>
    /// <param name="modulus">Big-endian, without leading zeros.</param>
    /// <param name="exponent">Big-endian.</param>
    /// <param name="key">The key; null where the answer is false.</param>
    /// <returns>False for a modulus of another size than 2,048 to 8,192 bits, or no RSA key.</returns>
    public static bool TryFromRsa(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent, [NotNullWhen(true)] out VerificationKey? key)
    {
        key = null;
        if (modulus.Length is < MinRsaBits / 8 or > MaxRsaBits / 8)
        {
            return false;
        }

        var parameters = new RSAParameters { Modulus = modulus.ToArray(), Exponent = exponent.ToArray() };
        return TryCreate(() => OfRsa(RSA.Create(parameters)), out key);
    }

    /// <summary>Takes the public key of an X.509 certificate. The certificate itself is not judged.</summary>
    /// <param name="der">The certificate, DER.</param>
    /// <param name="key">The key; null where the answer is false.</param>
    /// <returns>False for no certificate, or one of another kind of key.</returns>
    public static bool TryFromCertificate(ReadOnlySpan<byte> der, [NotNullWhen(true)] out VerificationKey? key)
    {
        var bytes = der.ToArray();
        return TryCreate(
            () =>
            {
                using var certificate = X509CertificateLoader.LoadCertificate(bytes);
                return Of(certificate);
            },
            out key);
    }

    /// <summary>Checks <paramref name="signature"/> over <paramref name="data"/>.</summary>
    /// <param name="algorithm">Chosen from the caller's list, not by the token alone.</param>
    /// <param name="data">The signed bytes; they are hashed here.</param>
    /// <param name="signature">ECDSA: r ‖ s, each as long as the curve's field. RSA: as long as the modulus.</param>
    /// <returns>Valid, invalid, or a key or algorithm that does not fit.</returns>
    public SignatureCheck Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (algorithm is SignatureAlgorithm.None)
        {
            return SignatureCheck.AlgorithmNotAllowed;
        }

        var hash = SignatureAlgorithms.HashOf(algorithm);
        lock (_gate)
        {
            return (SignatureAlgorithms.IsEcdsa(algorithm), _ecdsa, _rsa) switch
            {
                (true, { } ecdsa, _) => Check(ecdsa.VerifyData(data, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)),
                (false, _, { } rsa) => Check(rsa.VerifyData(data, signature, hash, PaddingOf(algorithm))),
                _ => SignatureCheck.KeyOfAnotherType,
            };
        }
    }

    /// <summary>Frees the native key.</summary>
    public void Dispose()
    {
        _ecdsa?.Dispose();
        _rsa?.Dispose();
    }

    /// <summary>Whether the curve is the one that JOSE binds to an ECDSA algorithm (RFC 7518 §3.4); COSE binds none.</summary>
    internal bool HasCurveOf(SignatureAlgorithm algorithm) => _ecdsa is null || _ecdsa.KeySize == algorithm switch
    {
        SignatureAlgorithm.ES256 => 256,
        SignatureAlgorithm.ES384 => 384,
        SignatureAlgorithm.ES512 => 521,
        _ => _ecdsa.KeySize,
    };

    internal static VerificationKey? Of(X509Certificate2 certificate)
    {
        if (certificate.GetECDsaPublicKey() is { } ecdsa)
        {
            return new VerificationKey(ecdsa, null);
        }

        return certificate.GetRSAPublicKey() is { } rsa ? OfRsa(rsa) : null;
    }

    internal static bool TryCreate(Func<VerificationKey?> create, [NotNullWhen(true)] out VerificationKey? key)
    {
        try
        {
            key = create();
        }
        catch (CryptographicException)
        {
            // The platform's only way to say that the parameters are no key, or the bytes no certificate.
            key = null;
        }

        return key is not null;
    }

    private static VerificationKey? OfRsa(RSA rsa)
    {
        if (rsa.KeySize is >= MinRsaBits and <= MaxRsaBits)
        {
            return new VerificationKey(null, rsa);
        }

        rsa.Dispose();
        return null;
    }

    private static RSASignaturePadding PaddingOf(SignatureAlgorithm algorithm) =>
        algorithm == SignatureAlgorithm.RS256 ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss;

    private static SignatureCheck Check(bool valid) => valid ? SignatureCheck.Valid : SignatureCheck.Invalid;
}
