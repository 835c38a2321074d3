using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Authority.OpenId;

/// <summary>A client of the API that authenticates with a secret, with keys, or with either. Made by <see cref="Create"/>.</summary>
public sealed class ClientRegistration
{
    private const int LongestClientId = 2048;

    // A slow hash takes as long as its input is: nobody's secret is longer.
    private const int LongestSecret = 1024;

    private ClientRegistration(string clientId, string? secret, JsonWebKeySet? keys, IReadOnlyList<string> scopes) =>
        (ClientId, Secret, Keys, Scopes) = (clientId, secret, keys, scopes);

    public string ClientId { get; }

    public string? Secret { get; }

    public JsonWebKeySet? Keys { get; }

    public IReadOnlyList<string> Scopes { get; }

    /// <param name="clientId">Visible ASCII, RFC 6749 appendix A.1.</param>
    /// <param name="secret">Visible ASCII, appendix A.2; null for a client that authenticates with keys only.</param>
    /// <param name="keys">A JWK set of public EC P-256 or RSA keys (2048 bits or more), as JSON.</param>
    /// <param name="scopes">The scopes it is permitted.</param>
    public static Outcome<ClientRegistration> Create(string? clientId, string? secret, string? keys, IReadOnlyList<string> scopes)
    {
        if (clientId is not { Length: > 0 and <= LongestClientId } || !IsVisibleAscii(clientId))
        {
            return Refused("ClientId is required: 1 to 2048 visible ASCII characters.");
        }

        if (secret is "")
        {
            secret = null;
        }

        if (secret is not null && (secret.Length > LongestSecret || !IsVisibleAscii(secret)))
        {
            return Refused("ClientSecret must be at most 1024 visible ASCII characters.");
        }

        var set = string.IsNullOrEmpty(keys) ? null : ReadKeys(keys);
        if (!string.IsNullOrEmpty(keys) && set is null)
        {
            return Refused("JsonWebKeySet must be a JWK set of public EC P-256 or RSA keys of 2048 bits or more.");
        }

        if (secret is null && set is null)
        {
            return Refused("ClientSecret or JsonWebKeySet is required.");
        }

        return new ClientRegistration(clientId, secret, set, [.. scopes.Distinct(StringComparer.Ordinal)]);
    }

    private static JsonWebKeySet? ReadKeys(string json)
    {
        try
        {
            var set = JsonSerializer.Deserialize(json, OpenIdJson.Default.JsonWebKeySet);
            return set is { Keys.Count: > 0 and <= 20 } && set.Keys.All(IsPublicSigningKey) ? set : null;
        }
        catch (JsonException)
        {
            return null;
        }
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

    private static bool IsVisibleAscii(string text) => text.All(character => character is > ' ' and < '\x7f');

    private static Refusal Refused(string detail) => new("configuration_invalid", detail);
}
