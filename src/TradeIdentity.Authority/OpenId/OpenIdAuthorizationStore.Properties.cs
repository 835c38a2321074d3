using System.Collections.Immutable;
using System.Text.Json;

namespace TradeIdentity.Authority.OpenId;

public sealed partial class OpenIdAuthorizationStore
{
    public ValueTask<string?> GetIdAsync(OpenIdAuthorization authorization, CancellationToken cancellationToken) => new(authorization.Id);

    public ValueTask<string?> GetApplicationIdAsync(OpenIdAuthorization authorization, CancellationToken cancellationToken) => new(authorization.ApplicationId);

    public ValueTask SetApplicationIdAsync(OpenIdAuthorization authorization, string? identifier, CancellationToken cancellationToken)
    {
        authorization.ApplicationId = identifier;
        return default;
    }

    public ValueTask<DateTimeOffset?> GetCreationDateAsync(OpenIdAuthorization authorization, CancellationToken cancellationToken) => new(authorization.CreationDate);

    public ValueTask SetCreationDateAsync(OpenIdAuthorization authorization, DateTimeOffset? date, CancellationToken cancellationToken)
    {
        authorization.CreationDate = date;
        return default;
    }

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(OpenIdAuthorization authorization, CancellationToken cancellationToken) => new(authorization.Properties);

    public ValueTask SetPropertiesAsync(OpenIdAuthorization authorization, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellationToken)
    {
        authorization.Properties = properties ?? ImmutableDictionary<string, JsonElement>.Empty;
        return default;
    }

    public ValueTask<ImmutableArray<string>> GetScopesAsync(OpenIdAuthorization authorization, CancellationToken cancellationToken) => new(authorization.Scopes);

    public ValueTask SetScopesAsync(OpenIdAuthorization authorization, ImmutableArray<string> scopes, CancellationToken cancellationToken)
    {
        authorization.Scopes = scopes.IsDefault ? [] : scopes;
        return default;
    }

    public ValueTask<string?> GetStatusAsync(OpenIdAuthorization authorization, CancellationToken cancellationToken) => new(authorization.Status);

    public ValueTask SetStatusAsync(OpenIdAuthorization authorization, string? status, CancellationToken cancellationToken)
    {
        authorization.Status = status;
        return default;
    }

    public ValueTask<string?> GetSubjectAsync(OpenIdAuthorization authorization, CancellationToken cancellationToken) => new(authorization.Subject);

    public ValueTask SetSubjectAsync(OpenIdAuthorization authorization, string? subject, CancellationToken cancellationToken)
    {
        authorization.Subject = subject;
        return default;
    }

    public ValueTask<string?> GetTypeAsync(OpenIdAuthorization authorization, CancellationToken cancellationToken) => new(authorization.Type);

    public ValueTask SetTypeAsync(OpenIdAuthorization authorization, string? type, CancellationToken cancellationToken)
    {
        authorization.Type = type;
        return default;
    }
}
