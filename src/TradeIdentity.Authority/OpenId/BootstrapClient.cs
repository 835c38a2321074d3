using System.Data.Common;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Brings one client to what the configuration says, and does nothing where it is so already: run at every start, by every
/// instance. A change is audited by the store, in its transaction.
/// </summary>
public sealed class BootstrapClient(OpenIddictApplicationManager<OpenIdApplication> applications)
{
    // Instances that start together race for the same client; the loser looks again and finds it done.
    private const int Attempts = 5;

    public async Task<BootstrapChange> ExecuteAsync(ClientRegistration registration, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ApplyAsync(registration, cancellationToken);
            }
            catch (Exception raced) when (attempt < Attempts
                && raced is OpenIddictExceptions.ConcurrencyException or OpenIddictExceptions.ValidationException or DbException)
            {
            }
        }
    }

    private async Task<BootstrapChange> ApplyAsync(ClientRegistration registration, CancellationToken cancellationToken)
    {
        var descriptor = Describe(registration);
        if (await applications.FindByClientIdAsync(registration.ClientId, cancellationToken) is not { } application)
        {
            await applications.CreateAsync(descriptor, cancellationToken);
            return BootstrapChange.Created;
        }

        // A secret that matches keeps its stored form: a new salt would look like a new secret.
        if (registration.Secret is { } secret && application.ClientSecret is { } stored && await ClientSecrets.MatchesAsync(secret, stored, cancellationToken))
        {
            descriptor.ClientSecret = stored;
        }

        if (await IsAsDescribedAsync(application, descriptor, cancellationToken))
        {
            return BootstrapChange.Unchanged;
        }

        await applications.UpdateAsync(application, descriptor, cancellationToken);
        return BootstrapChange.Updated;
    }

    private async Task<bool> IsAsDescribedAsync(OpenIdApplication application, OpenIddictApplicationDescriptor descriptor, CancellationToken cancellationToken)
    {
        var wanted = new OpenIdApplication { Id = application.Id };
        await applications.PopulateAsync(wanted, descriptor, cancellationToken);
        return application.ClientType == wanted.ClientType
            && application.ClientSecret == wanted.ClientSecret
            && application.JsonWebKeySet == wanted.JsonWebKeySet
            && application.Permissions.ToHashSet(StringComparer.Ordinal).SetEquals(wanted.Permissions);
    }

    private static OpenIddictApplicationDescriptor Describe(ClientRegistration registration)
    {
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = registration.ClientId,
            ClientSecret = registration.Secret,
            ClientType = ClientTypes.Confidential,
            JsonWebKeySet = registration.Keys,
            Permissions =
            {
                Permissions.Endpoints.Token,
                Permissions.Endpoints.Introspection,
                Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.ClientCredentials,
            },
        };
        foreach (var scope in registration.Scopes)
        {
            descriptor.Permissions.Add(Permissions.Prefixes.Scope + scope);
        }

        return descriptor;
    }
}
