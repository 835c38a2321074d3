using System.Text.Json;
using System.Text.Json.Nodes;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.OpenId.Registration;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// A client of the configuration: of the API, or a relying party where people sign in. Its metadata is read as strictly as
/// that of a client that registers itself. Made by <see cref="Create"/>.
/// </summary>
public sealed class ClientRegistration
{
    private const int LongestClientId = 2048;

    // A slow hash takes as long as its input is: nobody's secret is longer.
    private const int LongestSecret = 1024;

    private ClientRegistration(string clientId, string? secret, OpenIddictApplicationDescriptor descriptor) => (ClientId, Secret, Descriptor) = (clientId, secret, descriptor);

    public string ClientId { get; }

    internal string? Secret { get; }

    /// <summary>Without the secret.</summary>
    internal OpenIddictApplicationDescriptor Descriptor { get; }

    /// <param name="clientId">Visible ASCII, RFC 6749 appendix A.1.</param>
    /// <param name="secret">Visible ASCII, appendix A.2; null for a client that authenticates otherwise.</param>
    /// <param name="keys">A JWK set of public EC P-256 or RSA keys (2048 bits or more), as JSON.</param>
    /// <param name="scopes">The scopes it is permitted.</param>
    /// <param name="metadata">What else it is registered with, under the names of RFC 7591; without grant types it is one for client credentials, or where it has redirect URIs for signing in.</param>
    /// <param name="terms">What this server can do.</param>
    /// <param name="ours">What only the configuration can say of a client.</param>
    public static Outcome<ClientRegistration> Create(
        string? clientId, string? secret, string? keys, IReadOnlyList<string> scopes, JsonObject metadata, ClientTerms terms, ConfiguredRights ours)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(ours);
        if (clientId is not { Length: > 0 and <= LongestClientId } || !IsVisibleAscii(clientId))
        {
            return Refused("ClientId is required: 1 to 2048 visible ASCII characters.");
        }

        if (secret is { Length: > LongestSecret } || secret is not null && !IsVisibleAscii(secret))
        {
            return Refused("ClientSecret must be at most 1024 visible ASCII characters.");
        }

        if (!string.IsNullOrEmpty(keys) && ClientKeySet.Read(keys) is null)
        {
            return Refused("JsonWebKeySet must be a JWK set of public EC P-256 or RSA keys of 2048 bits or more.");
        }

        var document = Complete(metadata, string.IsNullOrEmpty(secret) ? null : secret, keys, scopes);
        return document is null
            ? Refused("ClientSecret or JsonWebKeySet is required; a client that can keep neither says TokenEndpointAuthMethod none.")
            : Read(document).TryGet(out var read, out var refusal) && ReadClientMetadata.Execute(read, terms).TryGet(out var descriptor, out refusal)
                ? Permit(clientId, secret, descriptor, ours)
                : Refused(refusal.Detail);
    }

    private static JsonObject? Complete(JsonObject metadata, string? secret, string? keys, IReadOnlyList<string> scopes)
    {
        var document = (JsonObject)metadata.DeepClone();
        if (!string.IsNullOrEmpty(keys))
        {
            document[ClientMetadataNames.Jwks] = JsonNode.Parse(keys);
        }

        if (!document.ContainsKey(ClientMetadataNames.TokenEndpointAuthMethod))
        {
            var hasKeys = document.ContainsKey(ClientMetadataNames.Jwks) || document.ContainsKey(ClientMetadataNames.JwksUri);
            if (secret is null && !hasKeys)
            {
                return null;
            }

            if (secret is null)
            {
                document[ClientMetadataNames.TokenEndpointAuthMethod] = ClientAuthenticationMethods.PrivateKeyJwt;
            }
        }
        else if (ClientAuthentication.NeedsSecret((string)document[ClientMetadataNames.TokenEndpointAuthMethod]!) && secret is null)
        {
            return null;
        }

        if (!document.ContainsKey(ClientMetadataNames.GrantTypes))
        {
            document[ClientMetadataNames.GrantTypes] = document.ContainsKey(ClientMetadataNames.RedirectUris)
                ? new JsonArray(GrantTypes.AuthorizationCode, GrantTypes.RefreshToken)
                : new JsonArray(GrantTypes.ClientCredentials);
        }

        if (scopes.Count > 0)
        {
            document[ClientMetadataNames.Scope] = string.Join(' ', scopes);
        }

        return document;
    }

    private static Outcome<ClientMetadataDocument> Read(JsonObject document)
    {
        using var json = JsonDocument.Parse(document.ToJsonString());
        return ClientMetadataDocument.Read(json.RootElement.Clone());
    }

    private static Outcome<ClientRegistration> Permit(string clientId, string? secret, OpenIddictApplicationDescriptor descriptor, ConfiguredRights ours)
    {
        if (ours.SecurityProfile is { } profile)
        {
            if (profile != "fapi2")
            {
                return Refused("SecurityProfile can be fapi2 only.");
            }

            descriptor.Settings[ClientMetadataNames.SecurityProfile] = profile;
        }

        foreach (var resource in ours.Resources)
        {
            // RFC 8707 §2.
            if (!Uri.TryCreate(resource, UriKind.Absolute, out var uri) || uri.AbsoluteUri != resource && uri.AbsoluteUri != resource + "/" || uri.Fragment.Length > 0)
            {
                return Refused($"Resources must be absolute addresses in their canonical form, without fragment: '{resource}' is none.");
            }

            descriptor.Permissions.Add(Permissions.Prefixes.Resource + resource);
        }

        descriptor.ClientId = clientId;
        return new ClientRegistration(clientId, descriptor.ClientType == ClientTypes.Public || string.IsNullOrEmpty(secret) ? null : secret, descriptor);
    }

    private static bool IsVisibleAscii(string text) => text.All(character => character is > ' ' and < '\x7f');

    private static Refusal Refused(string detail) => new("configuration_invalid", detail);
}
