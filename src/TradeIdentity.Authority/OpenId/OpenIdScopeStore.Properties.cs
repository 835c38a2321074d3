using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace TradeIdentity.Authority.OpenId;

public sealed partial class OpenIdScopeStore
{
    public ValueTask<string?> GetIdAsync(OpenIdScope scope, CancellationToken cancellationToken) => new(scope.Id);

    public ValueTask<string?> GetNameAsync(OpenIdScope scope, CancellationToken cancellationToken) => new(scope.Name);

    public ValueTask SetNameAsync(OpenIdScope scope, string? name, CancellationToken cancellationToken)
    {
        scope.Name = name;
        return default;
    }

    public ValueTask<string?> GetDescriptionAsync(OpenIdScope scope, CancellationToken cancellationToken) => new(scope.Description);

    public ValueTask SetDescriptionAsync(OpenIdScope scope, string? description, CancellationToken cancellationToken)
    {
        scope.Description = description;
        return default;
    }

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDescriptionsAsync(OpenIdScope scope, CancellationToken cancellationToken) => new(scope.Descriptions);

    public ValueTask SetDescriptionsAsync(OpenIdScope scope, ImmutableDictionary<CultureInfo, string> descriptions, CancellationToken cancellationToken)
    {
        scope.Descriptions = descriptions ?? ImmutableDictionary<CultureInfo, string>.Empty;
        return default;
    }

    public ValueTask<string?> GetDisplayNameAsync(OpenIdScope scope, CancellationToken cancellationToken) => new(scope.DisplayName);

    public ValueTask SetDisplayNameAsync(OpenIdScope scope, string? name, CancellationToken cancellationToken)
    {
        scope.DisplayName = name;
        return default;
    }

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDisplayNamesAsync(OpenIdScope scope, CancellationToken cancellationToken) => new(scope.DisplayNames);

    public ValueTask SetDisplayNamesAsync(OpenIdScope scope, ImmutableDictionary<CultureInfo, string> names, CancellationToken cancellationToken)
    {
        scope.DisplayNames = names ?? ImmutableDictionary<CultureInfo, string>.Empty;
        return default;
    }

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(OpenIdScope scope, CancellationToken cancellationToken) => new(scope.Properties);

    public ValueTask SetPropertiesAsync(OpenIdScope scope, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellationToken)
    {
        scope.Properties = properties ?? ImmutableDictionary<string, JsonElement>.Empty;
        return default;
    }

    public ValueTask<ImmutableArray<string>> GetResourcesAsync(OpenIdScope scope, CancellationToken cancellationToken) => new(scope.Resources);

    public ValueTask SetResourcesAsync(OpenIdScope scope, ImmutableArray<string> resources, CancellationToken cancellationToken)
    {
        scope.Resources = resources.IsDefault ? [] : resources;
        return default;
    }
}
