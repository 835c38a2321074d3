using System.Buffers.Binary;
using TradeIdentity.Codecs.Cose;

namespace TradeIdentity.Verification.Trust;

/// <summary>A key of a verified bundle, ready to verify with, and the issuer whose it is.</summary>
internal sealed class TrustedKey
{
    private TrustedKey(Issuer issuer, IssuerKey terms, P256VerificationKey key) =>
        (Issuer, Terms, Key, KeyId) = (issuer, terms, key, terms.KeyId());

    internal Issuer Issuer { get; }

    internal IssuerKey Terms { get; }

    internal P256VerificationKey Key { get; }

    internal byte[] KeyId { get; }

    internal static bool IsOnCurve(IssuerKey terms)
    {
        var isOnCurve = P256VerificationKey.TryCreate(terms.X.Span, terms.Y.Span, out var key);
        key?.Dispose();
        return isOnCurve;
    }

    internal static TrustedKey Create(Issuer issuer, IssuerKey terms) =>
        P256VerificationKey.TryCreate(terms.X.Span, terms.Y.Span, out var key)
            ? new TrustedKey(issuer, terms, key)
            : throw new ArgumentException("The point is not on P-256.", nameof(terms));

    internal static ulong Number(ReadOnlySpan<byte> keyId) => BinaryPrimitives.ReadUInt64BigEndian(keyId);
}
