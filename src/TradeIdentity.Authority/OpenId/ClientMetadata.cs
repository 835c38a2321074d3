using System.Globalization;
using System.Text.Json;
using OpenIddict.Abstractions;
using static TradeIdentity.Authority.OpenId.ClientMetadataNames;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// What a client is registered with, typed: a view of its application, read when asked for. The one place that knows where
/// each value is kept.
/// </summary>
public sealed class ClientMetadata
{
    public const string ES256 = "ES256";
    public const string RS256 = "RS256";

    private readonly OpenIdApplication _application;

    private ClientMetadata(OpenIdApplication application) => _application = application;

    public string ClientId => _application.ClientId!;

    public bool IsConfidential => _application.ClientType == OpenIddictConstants.ClientTypes.Confidential;

    public bool IsNative => _application.ApplicationType == OpenIddictConstants.ApplicationTypes.Native;

    public IReadOnlyList<string> RedirectUris => _application.RedirectUris;

    public IReadOnlyList<string> PostLogoutRedirectUris => _application.PostLogoutRedirectUris;

    public IEnumerable<string> GrantTypes => Permitted(OpenIddictConstants.Permissions.Prefixes.GrantType);

    public IEnumerable<string> ResponseTypes => Permitted(OpenIddictConstants.Permissions.Prefixes.ResponseType);

    public IEnumerable<string> Scopes => Permitted(OpenIddictConstants.Permissions.Prefixes.Scope);

    /// <summary>RFC 8707: the resources, beside this server itself, for which it may ask tokens.</summary>
    public IEnumerable<string> Resources => Permitted(OpenIddictConstants.Permissions.Prefixes.Resource);

    /// <summary>How the client says it authenticates; of one that said nothing, what its secret and keys allow.</summary>
    public string TokenEndpointAuthMethod => Text(ClientMetadataNames.TokenEndpointAuthMethod)
        ?? (!IsConfidential ? ClientAuthentication.None
            : _application.ClientSecret is not null ? OpenIddictConstants.ClientAuthenticationMethods.ClientSecretBasic
            : OpenIddictConstants.ClientAuthenticationMethods.PrivateKeyJwt);

    /// <summary>
    /// The ways to authenticate of which it must use one: what it said; of a client that said nothing, all that its secret and
    /// keys allow. A secret goes into the header or into the form: common libraries choose by themselves.
    /// </summary>
    public IReadOnlyList<string> AuthenticationMethods => Text(ClientMetadataNames.TokenEndpointAuthMethod) is { } said ? [said]
        : !IsConfidential ? [ClientAuthentication.None]
        :
        [
            .. _application.ClientSecret is null ? (string[])[] : [OpenIddictConstants.ClientAuthenticationMethods.ClientSecretBasic, OpenIddictConstants.ClientAuthenticationMethods.ClientSecretPost],
            .. _application.JsonWebKeySet is null && JwksUri is null ? (string[])[] : [OpenIddictConstants.ClientAuthenticationMethods.PrivateKeyJwt],
        ];

    public string? TokenEndpointAuthSigningAlg => Text(ClientMetadataNames.TokenEndpointAuthSigningAlg);

    public Uri? JwksUri => Address(ClientMetadataNames.JwksUri);

    public IReadOnlyList<string> Contacts => Texts(ClientMetadataNames.Contacts);

    /// <summary>OpenID Connect Core §8: whether the client knows people by a subject that is its sector's alone.</summary>
    public bool IsPairwise => Text(ClientMetadataNames.SubjectType) == OpenIddictConstants.SubjectTypes.Pairwise;

    /// <summary>OpenID Connect Core §8.1: the host whose clients share their pairwise subjects.</summary>
    public string? Sector => (Address(ClientMetadataNames.SectorIdentifierUri) ?? RedirectUris.Select(uri => new Uri(uri)).FirstOrDefault(uri => uri.Host.Length > 0))?.IdnHost;

    /// <summary>ES256, or RS256 for a client that asked for it.</summary>
    public string IdTokenSignedResponseAlg => Text(ClientMetadataNames.IdTokenSignedResponseAlg) ?? ES256;

    /// <summary>Null: userinfo is plain JSON.</summary>
    public string? UserinfoSignedResponseAlg => Text(ClientMetadataNames.UserinfoSignedResponseAlg);

    public string IntrospectionSignedResponseAlg => Text(ClientMetadataNames.IntrospectionSignedResponseAlg) ?? ES256;

    public long? DefaultMaxAge => Number(ClientMetadataNames.DefaultMaxAge);

    public bool RequireAuthTime => Flag(ClientMetadataNames.RequireAuthTime);

    public IReadOnlyList<string> DefaultAcrValues => Texts(ClientMetadataNames.DefaultAcrValues);

    /// <summary>Without a language; a translation is given back to the client, and not shown.</summary>
    public Uri? PolicyUri => Address(ClientMetadataNames.PolicyUri);

    public Uri? TosUri => Address(ClientMetadataNames.TosUri);

    public Uri? InitiateLoginUri => Address(ClientMetadataNames.InitiateLoginUri);

    public Uri? BackchannelLogoutUri => Address(ClientMetadataNames.BackchannelLogoutUri);

    public bool BackchannelLogoutSessionRequired => Flag(ClientMetadataNames.BackchannelLogoutSessionRequired);

    public Uri? FrontchannelLogoutUri => Address(ClientMetadataNames.FrontchannelLogoutUri);

    public bool FrontchannelLogoutSessionRequired => Flag(ClientMetadataNames.FrontchannelLogoutSessionRequired);

    public bool DpopBoundAccessTokens => Flag(ClientMetadataNames.DpopBoundAccessTokens);

    public bool TlsClientCertificateBoundAccessTokens => Flag(ClientMetadataNames.TlsClientCertificateBoundAccessTokens);

    public string? TlsClientAuthSubjectDn => Text(ClientMetadataNames.TlsClientAuthSubjectDn);

    public string? TlsClientAuthSanDns => Text(ClientMetadataNames.TlsClientAuthSanDns);

    public string? TlsClientAuthSanUri => Text(ClientMetadataNames.TlsClientAuthSanUri);

    public string? TlsClientAuthSanIp => Text(ClientMetadataNames.TlsClientAuthSanIp);

    public string? TlsClientAuthSanEmail => Text(ClientMetadataNames.TlsClientAuthSanEmail);

    public bool RequirePushedAuthorizationRequests => _application.Requirements.Contains(OpenIddictConstants.Requirements.Features.PushedAuthorizationRequests);

    public bool RequireSignedRequestObject => Flag(ClientMetadataNames.RequireSignedRequestObject);

    public string? RequestObjectSigningAlg => Text(ClientMetadataNames.RequestObjectSigningAlg);

    public string? SoftwareId => Text(ClientMetadataNames.SoftwareId);

    public string? SoftwareVersion => Text(ClientMetadataNames.SoftwareVersion);

    /// <summary>Whether the client is held to the FAPI 2.0 security profile.</summary>
    public bool IsFapi2 => Text(SecurityProfile) == "fapi2";

    /// <summary>The client's name for a person who reads <paramref name="language"/>; without a name its id.</summary>
    public string Name(CultureInfo language)
    {
        for (var culture = language; culture.Name.Length > 0; culture = culture.Parent)
        {
            if (_application.DisplayNames.TryGetValue(culture, out var name))
            {
                return name;
            }
        }

        return _application.DisplayName ?? ClientId;
    }

    /// <summary>One of <c>logo_uri</c>, <c>client_uri</c>, <c>policy_uri</c>, <c>tos_uri</c>, in that language where the client gave it.</summary>
    public Uri? Page(string name, CultureInfo language)
    {
        for (var culture = language; culture.Name.Length > 0; culture = culture.Parent)
        {
            if (Address($"{name}#{culture.Name}") is { } address)
            {
                return address;
            }
        }

        return Address(name);
    }

    /// <param name="application">As the engine's application manager gives it.</param>
    public static ClientMetadata Of(object application)
    {
        ArgumentNullException.ThrowIfNull(application);
        return new ClientMetadata((OpenIdApplication)application);
    }

    private IEnumerable<string> Permitted(string prefix) =>
        _application.Permissions.Where(permission => permission.StartsWith(prefix, StringComparison.Ordinal)).Select(permission => permission[prefix.Length..]);

    private string? Text(string name) => _application.Settings.GetValueOrDefault(name);

    private bool Flag(string name) => Text(name) == "true";

    private long? Number(string name) => Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    private Uri? Address(string name) => Text(name) is { } text ? new Uri(text) : null;

    private string[] Texts(string name) =>
        _application.Properties.TryGetValue(name, out var list) ? list.Deserialize(OpenIdJson.Default.StringArray)! : [];
}
