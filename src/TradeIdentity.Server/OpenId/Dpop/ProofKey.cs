using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>A public key as a JWK in a token's header (RFC 7517): EC on P-256 or P-384, or RSA; one text for each key, so that a key has one thumbprint.</summary>
internal static class ProofKey
{
    // A longer one makes each check dearer, and no client has it.
    private const int LongestModulus = 512;

    private static readonly string[] Private = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <param name="jwk">The key, of a JSON text in which no name comes twice.</param>
    /// <param name="thumbprint">RFC 7638 with SHA-256, in base64url.</param>
    /// <returns>Null for what is no such key, or carries a private or symmetric part (RFC 9449 §4.2).</returns>
    public static VerificationKey? TryRead(JsonElement jwk, out string thumbprint)
    {
        thumbprint = "";
        if (jwk.ValueKind != JsonValueKind.Object || Private.Any(name => jwk.TryGetProperty(name, out _)))
        {
            return null;
        }

        // RFC 7638 §3.2: the required members in the order of their names; base64url needs no escape.
        switch (Text(jwk, "kty"), Text(jwk, "crv"))
        {
            case ("EC", ("P-256" or "P-384") and var curve)
                when Bytes(jwk, "x", 48) is { } x && Bytes(jwk, "y", 48) is { } y && VerificationKey.TryFromPoint(curve == "P-256" ? 1 : 2, x, y, out var point):
                thumbprint = Digest($$"""{"crv":"{{curve}}","kty":"EC","x":"{{Text(jwk, "x")}}","y":"{{Text(jwk, "y")}}"}""");
                return point;
            case ("RSA", _)
                when Bytes(jwk, "n", LongestModulus) is [not 0, ..] n && Bytes(jwk, "e", 4) is [not 0, ..] e && VerificationKey.TryFromRsa(n, e, out var rsa):
                thumbprint = Digest($$"""{"e":"{{Text(jwk, "e")}}","kty":"RSA","n":"{{Text(jwk, "n")}}"}""");
                return rsa;
            default:
                return null;
        }
    }

    private static byte[]? Bytes(JsonElement jwk, string name, int most)
    {
        var bytes = new byte[most];
        return Text(jwk, name) is { } text
            && Base64Url.IsValid(text, out var length) && length <= most
            && Base64Url.TryDecodeFromChars(text, bytes, out var written)
            // Padding, white space and spare bits pass the decoder.
            && Base64Url.EncodeToString(bytes.AsSpan(0, written)) == text
                ? bytes[..written]
                : null;
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Digest(string members) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(members)));
}
