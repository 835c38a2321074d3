using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>Public keys of a client, from a configuration, a registration, or its <c>jwks_uri</c>.</summary>
internal static class ClientKeySet
{
    private const int MostKeys = 20;
    private const int LongestCertificate = 16 * 1024;

    /// <param name="json">A JWK set.</param>
    /// <returns>The set, where each of its keys is a public EC P-256 or RSA key (2048 bits or more) for signatures; else null.</returns>
    public static JsonWebKeySet? Read(string json)
    {
        try
        {
            var set = JsonSerializer.Deserialize(json, OpenIdJson.Default.JsonWebKeySet);
            return set is { Keys.Count: > 0 and <= MostKeys } && set.Keys.All(IsPublicSigningKey) ? set : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As <see cref="Read"/>, but keys for other uses, or of kinds that this server does not know, are left out: a client publishes one set for all its servers.</summary>
    public static JsonWebKeySet? ReadPublished(ReadOnlySpan<byte> json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, OpenIdJson.Default.JsonWebKeySet) is not { Keys.Count: > 0 and <= MostKeys } set)
            {
                return null;
            }

            var ours = new JsonWebKeySet();
            foreach (var key in set.Keys.Where(IsPublicSigningKey))
            {
                ours.Keys.Add(key);
            }

            return ours.Keys.Count > 0 ? ours : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>RFC 7517 §4.7: a certificate of <c>x5c</c>, in DER.</summary>
    public static byte[]? TryReadCertificate(string x5c)
    {
        var bytes = new byte[x5c.Length];
        return x5c.Length <= LongestCertificate && Convert.TryFromBase64String(x5c, bytes, out var length) ? bytes[..length] : null;
    }

    private static bool IsPublicSigningKey(JsonWebKey key) =>
        !key.HasPrivateKey && key.Use is null or "" or "sig" && key switch
        {
            { Kty: "EC", Crv: "P-256" } => HasLength(key.X, 32, 32) && HasLength(key.Y, 32, 32),
            { Kty: "RSA" } => HasLength(key.N, 256, 1024) && HasLength(key.E, 1, 8),
            _ => false,
        };

    private static bool HasLength(string? base64Url, int least, int most)
    {
        Span<byte> bytes = stackalloc byte[1024];
        return base64Url is not null
            && System.Buffers.Text.Base64Url.TryDecodeFromChars(base64Url, bytes, out var length)
            && length >= least && length <= most;
    }
}
