using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace TradeIdentity.Authority.Keys;

/// <summary>
/// A P-256 private key in memory. Safe for many threads at once: each use takes a native key of its own from a small
/// pool, since the platform's ECDsa promises no thread safety.
/// </summary>
internal sealed class P256Signer : IDisposable
{
    private readonly ConcurrentBag<ECDsa> _idle = [];
    private readonly ECParameters _private;

    private P256Signer(ECDsa first)
    {
        _private = first.ExportParameters(includePrivateParameters: true);
        _idle.Add(first);
    }

    public byte[] X => _private.Q.X!;

    public byte[] Y => _private.Q.Y!;

    public static P256Signer Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static P256Signer FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(pkcs8, out _);
        return new P256Signer(ecdsa);
    }

    public byte[] ToPkcs8()
    {
        using var ecdsa = ECDsa.Create(_private);
        return ecdsa.ExportPkcs8PrivateKey();
    }

    public ECParameters ToParameters() => _private;

    public void SignHash(ReadOnlySpan<byte> hash, Span<byte> signature)
    {
        var ecdsa = _idle.TryTake(out var idle) ? idle : ECDsa.Create(_private);
        try
        {
            ecdsa.SignHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            _idle.Add(ecdsa);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var ecdsa))
        {
            ecdsa.Dispose();
        }

        CryptographicOperations.ZeroMemory(_private.D);
    }
}
