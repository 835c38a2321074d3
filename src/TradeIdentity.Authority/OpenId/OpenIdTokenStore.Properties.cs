using System.Collections.Immutable;
using System.Text.Json;

namespace TradeIdentity.Authority.OpenId;

public sealed partial class OpenIdTokenStore
{
    public ValueTask<string?> GetIdAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.Id);

    public ValueTask<string?> GetApplicationIdAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.ApplicationId);

    public ValueTask SetApplicationIdAsync(OpenIdToken token, string? identifier, CancellationToken cancellationToken)
    {
        token.ApplicationId = identifier;
        return default;
    }

    public ValueTask<string?> GetAuthorizationIdAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.AuthorizationId);

    public ValueTask SetAuthorizationIdAsync(OpenIdToken token, string? identifier, CancellationToken cancellationToken)
    {
        token.AuthorizationId = identifier;
        return default;
    }

    public ValueTask<DateTimeOffset?> GetCreationDateAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.CreationDate);

    public ValueTask SetCreationDateAsync(OpenIdToken token, DateTimeOffset? date, CancellationToken cancellationToken)
    {
        token.CreationDate = date;
        return default;
    }

    public ValueTask<DateTimeOffset?> GetExpirationDateAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.ExpirationDate);

    public ValueTask SetExpirationDateAsync(OpenIdToken token, DateTimeOffset? date, CancellationToken cancellationToken)
    {
        token.ExpirationDate = date;
        return default;
    }

    public ValueTask<string?> GetPayloadAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.Payload);

    public ValueTask SetPayloadAsync(OpenIdToken token, string? payload, CancellationToken cancellationToken)
    {
        token.Payload = payload;
        return default;
    }

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.Properties);

    public ValueTask SetPropertiesAsync(OpenIdToken token, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellationToken)
    {
        token.Properties = properties ?? ImmutableDictionary<string, JsonElement>.Empty;
        return default;
    }

    public ValueTask<DateTimeOffset?> GetRedemptionDateAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.RedemptionDate);

    public ValueTask SetRedemptionDateAsync(OpenIdToken token, DateTimeOffset? date, CancellationToken cancellationToken)
    {
        token.RedemptionDate = date;
        return default;
    }

    public ValueTask<string?> GetReferenceIdAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.ReferenceId);

    public ValueTask SetReferenceIdAsync(OpenIdToken token, string? identifier, CancellationToken cancellationToken)
    {
        token.ReferenceId = identifier;
        return default;
    }

    public ValueTask<string?> GetStatusAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.Status);

    public ValueTask SetStatusAsync(OpenIdToken token, string? status, CancellationToken cancellationToken)
    {
        token.Status = status;
        return default;
    }

    public ValueTask<string?> GetSubjectAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.Subject);

    public ValueTask SetSubjectAsync(OpenIdToken token, string? subject, CancellationToken cancellationToken)
    {
        token.Subject = subject;
        return default;
    }

    public ValueTask<string?> GetTypeAsync(OpenIdToken token, CancellationToken cancellationToken) => new(token.Type);

    public ValueTask SetTypeAsync(OpenIdToken token, string? type, CancellationToken cancellationToken)
    {
        token.Type = type;
        return default;
    }
}
