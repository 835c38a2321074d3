using System.Collections.Frozen;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// The names of client metadata, as the IANA registry of OAuth dynamic client registration has them: in a registration, in a
/// client's settings (one value, as text) and in its properties (lists).
/// </summary>
public static class ClientMetadataNames
{
    public const string ApplicationType = "application_type";
    public const string BackchannelLogoutSessionRequired = "backchannel_logout_session_required";
    public const string BackchannelLogoutUri = "backchannel_logout_uri";
    public const string ClientName = "client_name";
    public const string ClientUri = "client_uri";
    public const string Contacts = "contacts";
    public const string DefaultAcrValues = "default_acr_values";
    public const string DefaultMaxAge = "default_max_age";
    public const string DpopBoundAccessTokens = "dpop_bound_access_tokens";
    public const string FrontchannelLogoutSessionRequired = "frontchannel_logout_session_required";
    public const string FrontchannelLogoutUri = "frontchannel_logout_uri";
    public const string GrantTypes = "grant_types";
    public const string IdTokenSignedResponseAlg = "id_token_signed_response_alg";
    public const string InitiateLoginUri = "initiate_login_uri";
    public const string IntrospectionSignedResponseAlg = "introspection_signed_response_alg";
    public const string Jwks = "jwks";
    public const string JwksUri = "jwks_uri";
    public const string LogoUri = "logo_uri";
    public const string PolicyUri = "policy_uri";
    public const string PostLogoutRedirectUris = "post_logout_redirect_uris";
    public const string RedirectUris = "redirect_uris";
    public const string RequestObjectSigningAlg = "request_object_signing_alg";
    public const string RequireAuthTime = "require_auth_time";
    public const string RequirePushedAuthorizationRequests = "require_pushed_authorization_requests";
    public const string RequireSignedRequestObject = "require_signed_request_object";
    public const string ResponseTypes = "response_types";
    public const string Scope = "scope";
    public const string SectorIdentifierUri = "sector_identifier_uri";
    public const string SoftwareId = "software_id";
    public const string SoftwareStatement = "software_statement";
    public const string SoftwareVersion = "software_version";
    public const string SubjectType = "subject_type";
    public const string TlsClientAuthSanDns = "tls_client_auth_san_dns";
    public const string TlsClientAuthSanEmail = "tls_client_auth_san_email";
    public const string TlsClientAuthSanIp = "tls_client_auth_san_ip";
    public const string TlsClientAuthSanUri = "tls_client_auth_san_uri";
    public const string TlsClientAuthSubjectDn = "tls_client_auth_subject_dn";
    public const string TlsClientCertificateBoundAccessTokens = "tls_client_certificate_bound_access_tokens";
    public const string TokenEndpointAuthMethod = "token_endpoint_auth_method";
    public const string TokenEndpointAuthSigningAlg = "token_endpoint_auth_signing_alg";
    public const string TosUri = "tos_uri";
    public const string UserinfoSignedResponseAlg = "userinfo_signed_response_alg";

    /// <summary>Ours: <c>fapi2</c> where the client is held to the FAPI 2.0 security profile.</summary>
    public const string SecurityProfile = "tradeidentity:security_profile";

    /// <summary>RFC 7591 §3.2.1, in the answer and in the settings.</summary>
    internal const string ClientIdIssuedAt = "client_id_issued_at";

    /// <summary>SHA-256 of the registration access token (RFC 7592), in Base64.</summary>
    internal const string RegistrationAccessTokenHash = "tradeidentity:registration_access_token_hash";

    /// <summary>What each is, in JSON. A name that is not here is not read (RFC 7591 §2: unknown metadata is ignored).</summary>
    internal static FrozenDictionary<string, ClientMetadataKind> Kinds { get; } = new Dictionary<string, ClientMetadataKind>
    {
        [ApplicationType] = ClientMetadataKind.Text,
        [BackchannelLogoutSessionRequired] = ClientMetadataKind.Flag,
        [BackchannelLogoutUri] = ClientMetadataKind.Text,
        [ClientName] = ClientMetadataKind.LocalizedText,
        [ClientUri] = ClientMetadataKind.LocalizedText,
        [Contacts] = ClientMetadataKind.Texts,
        [DefaultAcrValues] = ClientMetadataKind.Texts,
        [DefaultMaxAge] = ClientMetadataKind.Seconds,
        [DpopBoundAccessTokens] = ClientMetadataKind.Flag,
        [FrontchannelLogoutSessionRequired] = ClientMetadataKind.Flag,
        [FrontchannelLogoutUri] = ClientMetadataKind.Text,
        [GrantTypes] = ClientMetadataKind.Texts,
        [IdTokenSignedResponseAlg] = ClientMetadataKind.Text,
        [InitiateLoginUri] = ClientMetadataKind.Text,
        [IntrospectionSignedResponseAlg] = ClientMetadataKind.Text,
        [Jwks] = ClientMetadataKind.Keys,
        [JwksUri] = ClientMetadataKind.Text,
        [LogoUri] = ClientMetadataKind.LocalizedText,
        [PolicyUri] = ClientMetadataKind.LocalizedText,
        [PostLogoutRedirectUris] = ClientMetadataKind.Texts,
        [RedirectUris] = ClientMetadataKind.Texts,
        [RequestObjectSigningAlg] = ClientMetadataKind.Text,
        [RequireAuthTime] = ClientMetadataKind.Flag,
        [RequirePushedAuthorizationRequests] = ClientMetadataKind.Flag,
        [RequireSignedRequestObject] = ClientMetadataKind.Flag,
        [ResponseTypes] = ClientMetadataKind.Texts,
        [Scope] = ClientMetadataKind.Text,
        [SectorIdentifierUri] = ClientMetadataKind.Text,
        [SoftwareId] = ClientMetadataKind.Text,
        [SoftwareStatement] = ClientMetadataKind.Text,
        [SoftwareVersion] = ClientMetadataKind.Text,
        [SubjectType] = ClientMetadataKind.Text,
        [TlsClientAuthSanDns] = ClientMetadataKind.Text,
        [TlsClientAuthSanEmail] = ClientMetadataKind.Text,
        [TlsClientAuthSanIp] = ClientMetadataKind.Text,
        [TlsClientAuthSanUri] = ClientMetadataKind.Text,
        [TlsClientAuthSubjectDn] = ClientMetadataKind.Text,
        [TlsClientCertificateBoundAccessTokens] = ClientMetadataKind.Flag,
        [TokenEndpointAuthMethod] = ClientMetadataKind.Text,
        [TokenEndpointAuthSigningAlg] = ClientMetadataKind.Text,
        [TosUri] = ClientMetadataKind.LocalizedText,
        [UserinfoSignedResponseAlg] = ClientMetadataKind.Text,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What the engine has a column, a permission or a requirement for; all else is kept as a setting or a property.</summary>
    internal static FrozenSet<string> KeptByTheEngine { get; } = new[]
    {
        ApplicationType, ClientName, GrantTypes, Jwks, PostLogoutRedirectUris, RedirectUris, RequirePushedAuthorizationRequests, ResponseTypes, Scope,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>As a key of the configuration: <c>RedirectUris</c> for <c>redirect_uris</c>.</summary>
    public static IReadOnlyDictionary<string, (string Name, ClientMetadataKind Kind)> ConfigurationKeys { get; } = Kinds
        .Where(entry => entry.Key is not (Jwks or Scope or SoftwareStatement))
        .ToFrozenDictionary(
            entry => string.Concat(entry.Key.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])),
            entry => (entry.Key, entry.Value),
            StringComparer.OrdinalIgnoreCase);

    /// <summary>The name without its language (RFC 7591 §2.2: <c>client_name#fr</c>).</summary>
    internal static string Bare(string name) => name.IndexOf('#') is > 0 and var tag ? name[..tag] : name;
}
