using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace TradeIdentity.Codecs.Cose;

/// <summary>
/// A public key that verifies ES256 signatures: ECDSA on P-256 with SHA-256. Safe for use by many threads at once: each
/// use takes a native key of its own from a small pool, since the platform's ECDsa promises no thread safety.
/// </summary>
public sealed class P256VerificationKey : IDisposable
{
    /// <summary>Bytes of a coordinate.</summary>
    public const int CoordinateLength = 32;

    private readonly ConcurrentBag<ECDsa> _idle = [];
    private readonly ECParameters _parameters;

    private P256VerificationKey(ECParameters parameters, ECDsa first)
    {
        _parameters = parameters;
        _idle.Add(first);
    }

    /// <summary>Takes the point (x, y), each 32 bytes, big-endian.</summary>
    /// <returns>False where the point is not on the curve.</returns>
    public static bool TryCreate(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y, [NotNullWhen(true)] out P256VerificationKey? key)
    {
        key = null;
        if (x.Length != CoordinateLength || y.Length != CoordinateLength)
        {
            return false;
        }

        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = x.ToArray(), Y = y.ToArray() },
        };
        try
        {
            key = new P256VerificationKey(parameters, ECDsa.Create(parameters));
            return true;
        }
        catch (CryptographicException)
        {
            // The platform's only way to say that the point is not on the curve.
            return false;
        }
    }

    /// <summary>Whether <paramref name="signature"/> (64 bytes, r ‖ s) is this key's over <paramref name="hash"/> (32 bytes).</summary>
    public bool VerifyHash(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (hash.Length != SHA256.HashSizeInBytes || signature.Length != CoseSign1.SignatureLength)
        {
            return false;
        }

        var ecdsa = _idle.TryTake(out var idle) ? idle : ECDsa.Create(_parameters);
        try
        {
            return ecdsa.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            _idle.Add(ecdsa);
        }
    }

    /// <summary>Frees the native keys.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out var ecdsa))
        {
            ecdsa.Dispose();
        }
    }
}
