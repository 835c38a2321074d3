using System.Security.Cryptography;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Verification.Tests;

/// <summary>A P-256 key made for a test: an anchor, or a key of an issuer.</summary>
public sealed class TestKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestKey()
    {
        Point = _key.ExportParameters(includePrivateParameters: false).Q;
        Anchor = TrustAnchor.TryCreate(Point.X, Point.Y, out var anchor) ? anchor : throw new InvalidOperationException();
    }

    public ECPoint Point { get; }

    /// <summary>The public key as one to pin.</summary>
    public TrustAnchor Anchor { get; }

    /// <summary>The key in a bundle, signing the three types for every country from <paramref name="from"/> to <paramref name="until"/>.</summary>
    public IssuerKey Terms(DateTimeOffset from, DateTimeOffset until) =>
        new() { X = Point.X, Y = Point.Y, SignsFrom = from, SignsUntil = until, CredentialTypes = [1, 2, 3] };

    /// <summary>A message of the profile over <paramref name="payload"/>.</summary>
    public byte[] Sign(string type, byte[] payload) => Sign(CoseSign1.EncodeProtectedHeader(Anchor.KeyId, type), payload);

    /// <summary>A message with a header of the test's own.</summary>
    public byte[] Sign(byte[] protectedHeader, byte[] payload)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        CoseSign1.HashToSign(protectedHeader, payload, hash);
        lock (_key)
        {
            return CoseSign1.Encode(protectedHeader, payload, _key.SignHash(hash));
        }
    }

    public void Dispose() => _key.Dispose();
}
