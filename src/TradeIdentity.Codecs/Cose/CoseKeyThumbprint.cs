using System.Security.Cryptography;

namespace TradeIdentity.Codecs.Cose;

/// <summary>The COSE Key Thumbprint of RFC 9679: a name for a public key that everyone computes alike.</summary>
public static class CoseKeyThumbprint
{
    /// <summary>Bytes of the thumbprint that name a key as its <c>kid</c> in a trade credential.</summary>
    public const int KidLength = 8;

    // RFC 9679 §4.2: for EC2 the required members kty, crv, x, y, in the core deterministic encoding of RFC 8949 §4.2.1.
    // With P-256 only the coordinates vary: {1: 2, -1: 1, -2: h'…', -3: h'…'}.
    private static ReadOnlySpan<byte> BeforeX => [0xA4, 0x01, 0x02, 0x20, 0x01, 0x21, 0x58, 0x20];

    private static ReadOnlySpan<byte> BeforeY => [0x22, 0x58, 0x20];

    /// <summary>The SHA-256 thumbprint of a P-256 key.</summary>
    /// <param name="x">The x coordinate: 32 bytes, big-endian, leading zeros kept.</param>
    /// <param name="y">The y coordinate, likewise; never in compressed form (RFC 9679 §4.2).</param>
    /// <returns>32 bytes; the first <see cref="KidLength"/> are the key's <c>kid</c>.</returns>
    /// <exception cref="ArgumentException">A coordinate is not 32 bytes. Whether the point is on the curve is not looked at.</exception>
    public static byte[] OfP256(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        if (x.Length != P256VerificationKey.CoordinateLength || y.Length != P256VerificationKey.CoordinateLength)
        {
            throw new ArgumentException("A P-256 coordinate is 32 bytes.");
        }

        Span<byte> key = stackalloc byte[BeforeX.Length + x.Length + BeforeY.Length + y.Length];
        BeforeX.CopyTo(key);
        x.CopyTo(key[BeforeX.Length..]);
        BeforeY.CopyTo(key[(BeforeX.Length + x.Length)..]);
        y.CopyTo(key[(BeforeX.Length + x.Length + BeforeY.Length)..]);
        return SHA256.HashData(key);
    }
}
