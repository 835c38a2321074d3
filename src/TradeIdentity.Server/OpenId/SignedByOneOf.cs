using System.Buffers.Text;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Codecs.Jose;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Server.OpenId;

/// <summary>Whether a token is signed by one of the keys that are trusted for it. The token chooses neither key nor algorithm.</summary>
internal static class SignedByOneOf
{
    /// <param name="jws">The token, as it was received.</param>
    /// <param name="keys">The keys that its issuer has; its <c>kid</c> only says which of them to try.</param>
    /// <param name="allowed">The algorithms that are accepted of that issuer.</param>
    internal static bool Verify(CompactJws jws, JsonWebKeySet keys, IReadOnlyCollection<SignatureAlgorithm> allowed) =>
        allowed.Contains(jws.Algorithm) && keys.Keys.Any(candidate => IsMeant(jws, candidate) && IsOf(jws, candidate, allowed));

    // RFC 7517 §4.4 and §4.5.
    private static bool IsMeant(CompactJws jws, JsonWebKey candidate) =>
        (jws.KeyId is null || string.IsNullOrEmpty(candidate.Kid) || candidate.Kid == jws.KeyId)
        && (string.IsNullOrEmpty(candidate.Alg) || candidate.Alg == jws.Algorithm.ToString());

    private static bool IsOf(CompactJws jws, JsonWebKey candidate, IReadOnlyCollection<SignatureAlgorithm> allowed)
    {
        using var key = Read(candidate);
        return key is not null && jws.Verify(key, allowed) == SignatureCheck.Valid;
    }

    private static VerificationKey? Read(JsonWebKey key) => key switch
    {
        { Kty: "EC", Crv: "P-256" } when VerificationKey.TryFromPoint(1, Base64Url.DecodeFromChars(key.X), Base64Url.DecodeFromChars(key.Y), out var point) => point,
        { Kty: "RSA" } when VerificationKey.TryFromRsa(Base64Url.DecodeFromChars(key.N), Base64Url.DecodeFromChars(key.E), out var rsa) => rsa,
        _ => null,
    };
}
