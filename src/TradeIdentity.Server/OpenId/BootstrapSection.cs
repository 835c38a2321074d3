using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Server.Hosting.Certificates;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// Reads <c>Bootstrap:Clients:N</c>: ClientId, ClientSecret, JsonWebKeySet, Scopes (a list, or one text with spaces),
/// SecurityProfile, Resources, and all client metadata of RFC 7591 under its name in Pascal case: RedirectUris, GrantTypes, ….
/// </summary>
internal static class BootstrapSection
{
    private static readonly string[] Ours = ["ClientId", "ClientSecret", "Scopes", "JsonWebKeySet", "SecurityProfile", "Resources"];

    private static readonly string[] Scopes = [.. IdentityScopes.All, .. ApiScopes.All];

    private static readonly string[] GrantTypes =
    [
        OpenIddictConstants.GrantTypes.AuthorizationCode, OpenIddictConstants.GrantTypes.RefreshToken, OpenIddictConstants.GrantTypes.ClientCredentials,
        OpenIddictConstants.GrantTypes.DeviceCode, OpenIddictConstants.GrantTypes.TokenExchange,
    ];

    private static readonly string[] AuthenticationMethods =
    [
        ClientAuthentication.None, OpenIddictConstants.ClientAuthenticationMethods.ClientSecretBasic, OpenIddictConstants.ClientAuthenticationMethods.ClientSecretPost,
        OpenIddictConstants.ClientAuthenticationMethods.PrivateKeyJwt, ClientAuthentication.AttestJwtClientAuth,
    ];

    public static IReadOnlyList<ClientRegistration> Read(IConfiguration configuration, IHostEnvironment environment, MutualTlsSettings mutualTls)
    {
        var terms = new ClientTerms
        {
            GrantTypes = GrantTypes.ToHashSet(StringComparer.Ordinal),
            AuthenticationMethods = AuthenticationMethods
                .Concat(mutualTls.IsOn ? [ClientAuthentication.SelfSignedTlsClientAuth] : [])
                .Concat(mutualTls.Authorities.IsAny ? [ClientAuthentication.TlsClientAuth] : [])
                .ToHashSet(StringComparer.Ordinal),
            TakesCertificates = mutualTls.IsOn,
            Scopes = Scopes.ToHashSet(StringComparer.Ordinal),
            AllowsThisMachine = environment.IsDevelopment(),
        };
        var clients = configuration.GetSection("Bootstrap:Clients").GetChildren().Select(section => ReadClient(section, terms)).ToList();
        return clients.GroupBy(client => client.ClientId, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw Wrong($"Bootstrap:Clients has '{twice.Key}' twice.")
            : clients;
    }

    private static ClientRegistration ReadClient(IConfigurationSection section, ClientTerms terms)
    {
        var metadata = new JsonObject();
        foreach (var child in section.GetChildren().Where(child => !Ours.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!ClientMetadataNames.ConfigurationKeys.TryGetValue(child.Key, out var known))
            {
                throw Wrong($"{child.Path} is not a known key.");
            }

            metadata[known.Name] = Value(child, known.Kind);
        }

        var outcome = ClientRegistration.Create(
            section["ClientId"], section["ClientSecret"], section["JsonWebKeySet"], ReadScopes(section.GetSection("Scopes")), metadata, terms,
            new ConfiguredRights { SecurityProfile = section["SecurityProfile"], Resources = Texts(section.GetSection("Resources")) });
        return outcome.TryGet(out var registration, out var refusal) ? registration : throw Wrong($"{section.Path}: {refusal.Detail}");
    }

    private static JsonNode Value(IConfigurationSection section, ClientMetadataKind kind) => kind switch
    {
        ClientMetadataKind.Texts => new JsonArray([.. Texts(section).Select(text => (JsonNode)text)]),
        ClientMetadataKind.Flag => bool.TryParse(section.Value, out var flag) ? flag : throw Wrong($"{section.Path} must be true or false."),
        ClientMetadataKind.Seconds => int.TryParse(section.Value, CultureInfo.InvariantCulture, out var seconds) ? seconds : throw Wrong($"{section.Path} must be a whole number."),
        _ => section.Value is { } text ? text : throw Wrong($"{section.Path} must be one text."),
    };

    private static List<string> ReadScopes(IConfigurationSection section)
    {
        var scopes = Texts(section);
        return scopes.FirstOrDefault(scope => !Scopes.Contains(scope)) is { } unknown
            ? throw Wrong($"{section.Path} has '{unknown}'; the scopes are {string.Join(' ', Scopes)}.")
            : scopes;
    }

    private static List<string> Texts(IConfigurationSection section) =>
        [.. section.Value is { } text ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries) : section.GetChildren().Select(child => child.Value ?? "")];

    private static OptionsValidationException Wrong(string failure) => new("Bootstrap:Clients", typeof(BootstrappedClients), [failure]);
}
