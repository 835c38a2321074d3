using System.Globalization;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static TradeIdentity.Authority.OpenId.ClientMetadataNames;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>
/// Makes of a client's metadata (RFC 7591 §2, OpenID Connect Dynamic Client Registration §2) what the engine keeps of it, or
/// says which of its values cannot be. Needs nothing but the document: what <c>sector_identifier_uri</c> and
/// <c>software_statement</c> point to is for whoever calls.
/// </summary>
internal sealed class ReadClientMetadata
{
    private static readonly string[] SigningAlgorithms = [ClientMetadata.ES256, ClientMetadata.RS256];
    private static readonly string[] ClientSigningAlgorithms = [ClientMetadata.ES256, "PS256", ClientMetadata.RS256];
    private static readonly string[] Pages = [ClientUri, LogoUri, PolicyUri, TosUri];
    private static readonly string[] CalledAddresses = [BackchannelLogoutUri, FrontchannelLogoutUri, InitiateLoginUri];
    private static readonly string[] FetchedAddresses = [ClientMetadataNames.JwksUri, SectorIdentifierUri];

    private readonly ClientMetadataDocument _document;
    private readonly ClientTerms _terms;
    private readonly IReadOnlyList<string> _redirectUris;
    private readonly IReadOnlyList<string> _grantTypes;
    private readonly string _authentication;
    private readonly bool _isNative;

    private ReadClientMetadata(ClientMetadataDocument document, ClientTerms terms)
    {
        (_document, _terms) = (document, terms);
        _redirectUris = document.Texts(ClientMetadataNames.RedirectUris) ?? [];
        _grantTypes = document.Texts(ClientMetadataNames.GrantTypes) ?? [OpenIddictConstants.GrantTypes.AuthorizationCode];
        _authentication = document.Text(TokenEndpointAuthMethod) ?? ClientAuthenticationMethods.ClientSecretBasic;
        // A client that does not say what it is, and is reached on the machine of its user alone, is a native one.
        _isNative = document.Text(ClientMetadataNames.ApplicationType) is { } type
            ? type == ApplicationTypes.Native
            : _redirectUris.Count > 0 && _redirectUris.All(uri => RedirectAddress.Mistake(uri, isNative: false, allowsThisMachine: false) is not null);
    }

    private bool HasCodeFlow => _grantTypes.Contains(OpenIddictConstants.GrantTypes.AuthorizationCode);

    /// <returns>The registration without client id and secret; refused with an error code of RFC 7591 §3.2.2.</returns>
    public static Outcome<OpenIddictApplicationDescriptor> Execute(ClientMetadataDocument document, ClientTerms terms)
    {
        var reading = new ReadClientMetadata(document, terms);
        return reading.RedirectMistake() is { } redirect ? new Refusal("invalid_redirect_uri", redirect)
            : reading.Mistake() is { } mistake ? ClientMetadataDocument.Invalid(mistake)
            : reading.Describe();
    }

    private string? RedirectMistake() =>
        HasCodeFlow && _redirectUris.Count == 0
            ? "redirect_uris is required."
            : AddressMistake(ClientMetadataNames.RedirectUris, _redirectUris) ?? AddressMistake(ClientMetadataNames.PostLogoutRedirectUris, _document.Texts(ClientMetadataNames.PostLogoutRedirectUris) ?? []);

    private string? AddressMistake(string name, IReadOnlyList<string> uris) =>
        uris.Select(uri => RedirectAddress.Mistake(uri, _isNative, _terms.AllowsThisMachine)).FirstOrDefault(mistake => mistake is not null) is { } mistake
            ? $"Each of {name} {mistake}."
            : null;

    private string? Mistake() =>
        FlowMistake() ?? AuthenticationMistake() ?? ScopeMistake() ?? AddressMistake() ?? ChoiceMistake() ?? PairwiseMistake();

    private string? FlowMistake()
    {
        if (_document.Text(ClientMetadataNames.ApplicationType) is { } type and not (ApplicationTypes.Web or ApplicationTypes.Native))
        {
            return $"application_type must be web or native, not {type}.";
        }

        if (_grantTypes.Count == 0 || _grantTypes.FirstOrDefault(grant => !_terms.GrantTypes.Contains(grant)) is not null)
        {
            return $"grant_types must be of: {string.Join(' ', _terms.GrantTypes.Order(StringComparer.Ordinal))}.";
        }

        var responses = _document.Texts(ClientMetadataNames.ResponseTypes) ?? (HasCodeFlow ? [OpenIddictConstants.ResponseTypes.Code] : []);
        if (responses.Any(response => response != OpenIddictConstants.ResponseTypes.Code))
        {
            return "response_types can be code only.";
        }

        // RFC 7591 §2.1.
        if (HasCodeFlow != responses.Count > 0)
        {
            return "response_types code and grant_types authorization_code belong together.";
        }

        return _grantTypes.Contains(OpenIddictConstants.GrantTypes.RefreshToken) && !HasCodeFlow && !_grantTypes.Contains(OpenIddictConstants.GrantTypes.DeviceCode)
            ? "grant_types refresh_token needs authorization_code or the device code beside it."
            : null;
    }

    private string? AuthenticationMistake()
    {
        if (!_terms.AuthenticationMethods.Contains(_authentication))
        {
            return $"token_endpoint_auth_method must be one of: {string.Join(' ', _terms.AuthenticationMethods.Order(StringComparer.Ordinal))}.";
        }

        // RFC 6749 §4.4: client credentials are for confidential clients.
        if (_authentication == ClientAuthentication.None && _grantTypes.Any(grant => grant is OpenIddictConstants.GrantTypes.ClientCredentials or OpenIddictConstants.GrantTypes.TokenExchange))
        {
            return "A client without authentication can have neither client_credentials nor token exchange.";
        }

        var keys = _document.Keys(Jwks);
        var address = _document.Text(ClientMetadataNames.JwksUri);
        if (keys is not null && address is not null)
        {
            return "jwks and jwks_uri exclude one another.";
        }

        if (keys is not null && ClientKeySet.Read(keys) is null)
        {
            return "jwks must be a JWK set of public EC P-256 or RSA keys of 2048 bits or more.";
        }

        if (ClientAuthentication.NeedsKeys(_authentication) && keys is null && address is null)
        {
            return $"{_authentication} needs jwks or jwks_uri.";
        }

        // RFC 9101 §10.5: a client that must sign and has nothing to sign with would never be heard.
        if (_document.Flag(RequireSignedRequestObject) && keys is null && address is null)
        {
            return "require_signed_request_object needs jwks or jwks_uri.";
        }

        return CertificateMetadata.Mistake(_document, _authentication, _terms);
    }

    private string? ScopeMistake() =>
        Scopes().FirstOrDefault(scope => !_terms.Scopes.Contains(scope)) is not null
            ? $"scope must be of: {string.Join(' ', _terms.Scopes.Order(StringComparer.Ordinal))}."
            : null;

    private string? AddressMistake()
    {
        foreach (var (name, value) in _document.Values)
        {
            var bare = Bare(name);
            if ((Pages.Contains(bare) || CalledAddresses.Contains(bare)) && !RedirectAddress.IsPage(value.GetString()!, _terms.AllowsThisMachine)
                || FetchedAddresses.Contains(bare) && !RedirectAddress.IsPage(value.GetString()!, allowsThisMachine: false))
            {
                return $"{bare} must be an https address without fragment, in its canonical form.";
            }
        }

        // OpenID Connect Front-Channel Logout §2: of the scheme, host and port of a redirect URI.
        return _document.Text(FrontchannelLogoutUri) is { } logout && !_redirectUris.Any(uri => Origin(uri) == Origin(logout))
            ? "frontchannel_logout_uri must have scheme, host and port of one of redirect_uris."
            : null;
    }

    private string? ChoiceMistake() =>
        NotOf(IdTokenSignedResponseAlg, SigningAlgorithms) ?? NotOf(UserinfoSignedResponseAlg, SigningAlgorithms) ?? NotOf(IntrospectionSignedResponseAlg, SigningAlgorithms)
        ?? NotOf(RequestObjectSigningAlg, ClientSigningAlgorithms) ?? NotOf(TokenEndpointAuthSigningAlg, ClientSigningAlgorithms)
        ?? NotOf(ClientMetadataNames.SubjectType, SubjectTypes.Public, SubjectTypes.Pairwise)
        ?? (_document.Text(ClientName) is { Length: > 100 } || _document.Translations(ClientName).Any(name => name.Value.Length > 100) ? "client_name may have 100 characters." : null);

    // OpenID Connect Core §8.1.
    private string? PairwiseMistake() =>
        _document.Text(ClientMetadataNames.SubjectType) == SubjectTypes.Pairwise && _document.Text(SectorIdentifierUri) is null
        && _redirectUris.Select(uri => new Uri(uri).IdnHost).Distinct(StringComparer.Ordinal).Count() != 1
            ? "subject_type pairwise needs redirect_uris of one host, or a sector_identifier_uri."
            : null;

    private string? NotOf(string name, params string[] choices) =>
        _document.Text(name) is { } value && !choices.Contains(value) ? $"{name} must be one of: {string.Join(' ', choices)}." : null;

    private string[] Scopes() =>
        _document.Text(Scope)?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToArray() ?? [];

    private static string Origin(string uri) => new Uri(uri).GetLeftPart(UriPartial.Authority);

    private OpenIddictApplicationDescriptor Describe()
    {
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ApplicationType = _isNative ? ApplicationTypes.Native : ApplicationTypes.Web,
            ClientType = ClientAuthentication.ClientType(_authentication),
            ConsentType = ConsentTypes.Explicit,
            DisplayName = _document.Text(ClientName),
            JsonWebKeySet = _document.Keys(Jwks) is { } keys ? ClientKeySet.Read(keys) : null,
        };
        descriptor.RedirectUris.UnionWith(_redirectUris.Select(uri => new Uri(uri)));
        descriptor.PostLogoutRedirectUris.UnionWith((_document.Texts(ClientMetadataNames.PostLogoutRedirectUris) ?? []).Select(uri => new Uri(uri)));
        foreach (var (language, name) in _document.Translations(ClientName))
        {
            descriptor.DisplayNames[CultureInfo.GetCultureInfo(language)] = name;
        }

        Permit(descriptor);
        Keep(descriptor);
        return descriptor;
    }

    private void Permit(OpenIddictApplicationDescriptor descriptor)
    {
        descriptor.Permissions.UnionWith([Permissions.Endpoints.Token, Permissions.Endpoints.Revocation]);
        descriptor.Permissions.UnionWith(_grantTypes.Select(grant => Permissions.Prefixes.GrantType + grant));
        descriptor.Permissions.UnionWith(Scopes().Select(scope => Permissions.Prefixes.Scope + scope));
        if (HasCodeFlow)
        {
            descriptor.Permissions.UnionWith([Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.EndSession, Permissions.ResponseTypes.Code]);
            descriptor.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        }

        if (_grantTypes.Contains(OpenIddictConstants.GrantTypes.DeviceCode))
        {
            descriptor.Permissions.Add(Permissions.Endpoints.DeviceAuthorization);
        }

        if (descriptor.ClientType == ClientTypes.Confidential)
        {
            descriptor.Permissions.Add(Permissions.Endpoints.Introspection);
        }

        if (_document.Flag(RequirePushedAuthorizationRequests))
        {
            descriptor.Requirements.Add(Requirements.Features.PushedAuthorizationRequests);
        }
    }

    private void Keep(OpenIddictApplicationDescriptor descriptor)
    {
        foreach (var (name, value) in _document.Values.Where(entry => !KeptByTheEngine.Contains(Bare(entry.Key))))
        {
            switch (Kinds[Bare(name)])
            {
                case ClientMetadataKind.Texts:
                    descriptor.Properties[name] = value;
                    break;
                case ClientMetadataKind.Flag:
                    descriptor.Settings[name] = value.GetBoolean() ? "true" : "false";
                    break;
                case ClientMetadataKind.Seconds:
                    descriptor.Settings[name] = value.GetInt32().ToString(CultureInfo.InvariantCulture);
                    break;
                default:
                    descriptor.Settings[name] = value.GetString()!;
                    break;
            }
        }

        if (HasCodeFlow || _grantTypes.Contains(OpenIddictConstants.GrantTypes.DeviceCode))
        {
            descriptor.Settings.TryAdd(IdTokenSignedResponseAlg, ClientMetadata.ES256);
            descriptor.Settings.TryAdd(ClientMetadataNames.SubjectType, SubjectTypes.Public);
        }
    }
}
