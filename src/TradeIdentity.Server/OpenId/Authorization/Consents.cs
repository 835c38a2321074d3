using System.Collections.Immutable;
using System.Text.Json;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>What persons have allowed clients, for which entity: remembered, listed, withdrawn. The engine's permanent authorizations.</summary>
public sealed class Consents(IOpenIddictApplicationManager applications, IOpenIddictAuthorizationManager authorizations, IOpenIddictTokenManager tokens, TimeProvider time)
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

    /// <summary>Ends a consent, and every token that the client holds of this person. False where the person has no such consent.</summary>
    public async Task<bool> WithdrawAsync(string accountId, string id, CancellationToken cancellationToken)
    {
        if (await authorizations.FindByIdAsync(id, cancellationToken) is not { } authorization
            || await authorizations.GetSubjectAsync(authorization, cancellationToken) != accountId
            || await authorizations.GetApplicationIdAsync(authorization, cancellationToken) is not { } application)
        {
            return false;
        }

        await authorizations.RevokeAsync(accountId, application, Statuses.Valid, null, cancellationToken);
        await tokens.RevokeAsync(accountId, application, Statuses.Valid, null, cancellationToken);
        return true;
    }

    internal async Task<bool> CoversAsync(
        string accountId, string clientId, string? organization, IReadOnlyCollection<string> scopes, IReadOnlyCollection<string> claims, CancellationToken cancellationToken)
    {
        foreach (var consent in await ListAsync(accountId, cancellationToken))
        {
            if (consent.ClientId == clientId && consent.Organization == organization && !scopes.Except(consent.Scopes).Any() && !claims.Except(consent.Claims).Any())
            {
                return true;
            }
        }

        return false;
    }

    internal async Task RememberAsync(
        string accountId, string clientId, string? organization, IReadOnlyCollection<string> scopes, IReadOnlyCollection<string> claims, CancellationToken cancellationToken)
    {
        if (await CoversAsync(accountId, clientId, organization, scopes, claims, cancellationToken))
        {
            return;
        }

        var application = await applications.FindByClientIdAsync(clientId, cancellationToken)
            ?? throw new InvalidOperationException("The client whose request was just checked is gone.");
        var descriptor = new OpenIddictAuthorizationDescriptor
        {
            ApplicationId = await applications.GetIdAsync(application, cancellationToken),
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

        var properties = await authorizations.GetPropertiesAsync(authorization, cancellationToken);
        return new Consent(
            (await authorizations.GetIdAsync(authorization, cancellationToken))!,
            (await applications.GetClientIdAsync(application, cancellationToken))!,
            await applications.GetLocalizedDisplayNameAsync(application, cancellationToken),
            properties.TryGetValue(OrganizationProperty, out var organization) ? organization.GetString() : null,
            await authorizations.GetScopesAsync(authorization, cancellationToken),
            properties.TryGetValue(ClaimsProperty, out var claims) ? [.. claims.EnumerateArray().Select(claim => claim.GetString()!)] : [],
            await authorizations.GetCreationDateAsync(authorization, cancellationToken) ?? default);
    }
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
