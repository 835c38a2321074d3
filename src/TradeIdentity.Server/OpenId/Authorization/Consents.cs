using System.Collections.Immutable;
using System.Text.Json;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>What persons have allowed clients, for which entity: remembered and listed. The engine's permanent authorizations.</summary>
public sealed class Consents(IOpenIddictApplicationManager applications, IOpenIddictAuthorizationManager authorizations, TimeProvider time)
{
    private const string OrganizationProperty = "organization";
    private const string ClaimsProperty = "claims";

    /// <summary>All that a person allows now, newest first.</summary>
    public async Task<IReadOnlyList<Consent>> ListAsync(string accountId, CancellationToken cancellationToken)
    {
        var consents = new List<Consent>();
        await foreach (var authorization in authorizations.FindAsync(accountId, null, Statuses.Valid, AuthorizationTypes.Permanent, null, cancellationToken))
        {
            if (await ReadAsync(authorization, cancellationToken) is { } consent)
            {
                consents.Add(consent);
            }
        }

        return [.. consents.OrderByDescending(consent => consent.AllowedAt)];
    }

    internal async Task<bool> CoversAsync(
        string accountId, object client, string? organization, IReadOnlyCollection<string> scopes, IReadOnlyCollection<string> claims, CancellationToken cancellationToken)
    {
        var clientId = await applications.GetIdAsync(client, cancellationToken);
        await foreach (var authorization in authorizations.FindAsync(accountId, clientId, Statuses.Valid, AuthorizationTypes.Permanent, null, cancellationToken))
        {
            var (consentedFor, consentedClaims) = Properties(await authorizations.GetPropertiesAsync(authorization, cancellationToken));
            if (consentedFor == organization && !scopes.Except(await authorizations.GetScopesAsync(authorization, cancellationToken)).Any() && !claims.Except(consentedClaims).Any())
            {
                return true;
            }
        }

        return false;
    }

    internal async Task RememberAsync(
        string accountId, object client, string? organization, IReadOnlyCollection<string> scopes, IReadOnlyCollection<string> claims, CancellationToken cancellationToken)
    {
        if (await CoversAsync(accountId, client, organization, scopes, claims, cancellationToken))
        {
            return;
        }

        var descriptor = new OpenIddictAuthorizationDescriptor
        {
            ApplicationId = await applications.GetIdAsync(client, cancellationToken),
            CreationDate = time.GetUtcNow(),
            Status = Statuses.Valid,
            Subject = accountId,
            Type = AuthorizationTypes.Permanent,
        };
        descriptor.Scopes.UnionWith(scopes);
        descriptor.Properties[ClaimsProperty] = JsonSerializer.SerializeToElement([.. claims], AuthorizationJson.Default.StringArray);
        if (organization is not null)
        {
            descriptor.Properties[OrganizationProperty] = JsonSerializer.SerializeToElement(organization, AuthorizationJson.Default.String);
        }

        await authorizations.CreateAsync(descriptor, cancellationToken);
    }

    private async Task<Consent?> ReadAsync(object authorization, CancellationToken cancellationToken)
    {
        if (await authorizations.GetApplicationIdAsync(authorization, cancellationToken) is not { } applicationId
            || await applications.FindByIdAsync(applicationId, cancellationToken) is not { } application)
        {
            return null;
        }

        var (organization, claims) = Properties(await authorizations.GetPropertiesAsync(authorization, cancellationToken));
        return new Consent(
            (await authorizations.GetIdAsync(authorization, cancellationToken))!,
            (await applications.GetClientIdAsync(application, cancellationToken))!,
            await applications.GetLocalizedDisplayNameAsync(application, cancellationToken),
            organization,
            await authorizations.GetScopesAsync(authorization, cancellationToken),
            claims,
            await authorizations.GetCreationDateAsync(authorization, cancellationToken) ?? default);
    }

    private static (string? Organization, IReadOnlyList<string> Claims) Properties(ImmutableDictionary<string, JsonElement> properties) => (
        properties.TryGetValue(OrganizationProperty, out var organization) ? organization.GetString() : null,
        properties.TryGetValue(ClaimsProperty, out var claims) ? [.. claims.EnumerateArray().Select(claim => claim.GetString()!)] : []);
}

/// <summary>What a person allows a client.</summary>
/// <param name="Id">Names it for withdrawing.</param>
/// <param name="ClientId">The client.</param>
/// <param name="ClientName">As the client is registered, in the language of the request; null where it has no name.</param>
/// <param name="Organization">The TIN of the entity that it is about; null for the person alone.</param>
/// <param name="Scopes">What it may have.</param>
/// <param name="Claims">Single claims beside the scopes.</param>
/// <param name="AllowedAt">Since when.</param>
public sealed record Consent(
    string Id, string ClientId, string? ClientName, string? Organization, ImmutableArray<string> Scopes, IReadOnlyList<string> Claims, DateTimeOffset AllowedAt);
