using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Authority.OpenId;

public sealed partial class OpenIdApplicationStore
{
    public ValueTask<string?> GetIdAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.Id);

    public ValueTask<string?> GetApplicationTypeAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.ApplicationType);

    public ValueTask SetApplicationTypeAsync(OpenIdApplication application, string? type, CancellationToken cancellationToken)
    {
        application.ApplicationType = type;
        return default;
    }

    public ValueTask<string?> GetClientIdAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.ClientId);

    public ValueTask SetClientIdAsync(OpenIdApplication application, string? identifier, CancellationToken cancellationToken)
    {
        application.ClientId = identifier;
        return default;
    }

    public ValueTask<string?> GetClientSecretAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.ClientSecret);

    public ValueTask SetClientSecretAsync(OpenIdApplication application, string? secret, CancellationToken cancellationToken)
    {
        application.ClientSecret = secret;
        return default;
    }

    public ValueTask<string?> GetClientTypeAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.ClientType);

    public ValueTask SetClientTypeAsync(OpenIdApplication application, string? type, CancellationToken cancellationToken)
    {
        application.ClientType = type;
        return default;
    }

    public ValueTask<string?> GetConsentTypeAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.ConsentType);

    public ValueTask SetConsentTypeAsync(OpenIdApplication application, string? type, CancellationToken cancellationToken)
    {
        application.ConsentType = type;
        return default;
    }

    public ValueTask<string?> GetDisplayNameAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.DisplayName);

    public ValueTask SetDisplayNameAsync(OpenIdApplication application, string? name, CancellationToken cancellationToken)
    {
        application.DisplayName = name;
        return default;
    }

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDisplayNamesAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.DisplayNames);

    public ValueTask SetDisplayNamesAsync(OpenIdApplication application, ImmutableDictionary<CultureInfo, string> names, CancellationToken cancellationToken)
    {
        application.DisplayNames = names ?? ImmutableDictionary<CultureInfo, string>.Empty;
        return default;
    }

    public ValueTask<JsonWebKeySet?> GetJsonWebKeySetAsync(OpenIdApplication application, CancellationToken cancellationToken) =>
        new(application.JsonWebKeySet is { } json ? JsonWebKeySet.Create(json) : null);

    public ValueTask SetJsonWebKeySetAsync(OpenIdApplication application, JsonWebKeySet? set, CancellationToken cancellationToken)
    {
        application.JsonWebKeySet = set is null ? null : JsonSerializer.Serialize(set, OpenIdJson.Default.JsonWebKeySet);
        return default;
    }

    public ValueTask<ImmutableArray<string>> GetPermissionsAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.Permissions);

    public ValueTask SetPermissionsAsync(OpenIdApplication application, ImmutableArray<string> permissions, CancellationToken cancellationToken)
    {
        application.Permissions = permissions.IsDefault ? [] : permissions;
        return default;
    }

    public ValueTask<ImmutableArray<string>> GetPostLogoutRedirectUrisAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.PostLogoutRedirectUris);

    public ValueTask SetPostLogoutRedirectUrisAsync(OpenIdApplication application, ImmutableArray<string> uris, CancellationToken cancellationToken)
    {
        application.PostLogoutRedirectUris = uris.IsDefault ? [] : uris;
        return default;
    }

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.Properties);

    public ValueTask SetPropertiesAsync(OpenIdApplication application, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellationToken)
    {
        application.Properties = properties ?? ImmutableDictionary<string, JsonElement>.Empty;
        return default;
    }

    public ValueTask<ImmutableArray<string>> GetRedirectUrisAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.RedirectUris);

    public ValueTask SetRedirectUrisAsync(OpenIdApplication application, ImmutableArray<string> uris, CancellationToken cancellationToken)
    {
        application.RedirectUris = uris.IsDefault ? [] : uris;
        return default;
    }

    public ValueTask<ImmutableArray<string>> GetRequirementsAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.Requirements);

    public ValueTask SetRequirementsAsync(OpenIdApplication application, ImmutableArray<string> requirements, CancellationToken cancellationToken)
    {
        application.Requirements = requirements.IsDefault ? [] : requirements;
        return default;
    }

    public ValueTask<ImmutableDictionary<string, string>> GetSettingsAsync(OpenIdApplication application, CancellationToken cancellationToken) => new(application.Settings);

    public ValueTask SetSettingsAsync(OpenIdApplication application, ImmutableDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        application.Settings = settings ?? ImmutableDictionary<string, string>.Empty;
        return default;
    }
}
