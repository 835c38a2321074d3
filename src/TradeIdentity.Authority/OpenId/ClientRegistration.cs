using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Authority.OpenId.Registration;

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

        var set = string.IsNullOrEmpty(keys) ? null : ClientKeySet.Read(keys);
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

    private static bool IsVisibleAscii(string text) => text.All(character => character is > ' ' and < '\x7f');

    private static Refusal Refused(string detail) => new("configuration_invalid", detail);
}
