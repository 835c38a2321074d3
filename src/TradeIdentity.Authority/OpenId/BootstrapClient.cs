using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Brings one client to what the configuration says, and does nothing where it is so already: run at every start, by every
/// instance. A change is audited by the store, in its transaction.
/// </summary>
public sealed class BootstrapClient(OpenIddictApplicationManager<OpenIdApplication> applications, IOpenIddictApplicationStore<OpenIdApplication> store)
{
    // Instances that start together race for the same client; the loser looks again and finds it done.
    private const int Attempts = 5;

    public async Task<BootstrapChange> ExecuteAsync(ClientRegistration registration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
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
        var wanted = await store.InstantiateAsync(cancellationToken);
        await applications.PopulateAsync(wanted, registration.Descriptor, cancellationToken);
        if (await applications.FindByClientIdAsync(registration.ClientId, cancellationToken) is not { } application)
        {
            await applications.CreateAsync(wanted, registration.Secret, cancellationToken);
            return BootstrapChange.Created;
        }

        // A secret that matches keeps its stored form: a new salt would look like a new secret.
        var stored = application.ClientSecret;
        var isSameSecret = registration.Secret is { } secret ? stored is not null && await ClientSecrets.MatchesAsync(secret, stored, cancellationToken) : stored is null;
        if (isSameSecret && IsSame(application, wanted))
        {
            return BootstrapChange.Unchanged;
        }

        await applications.PopulateAsync(application, registration.Descriptor, cancellationToken);
        if (isSameSecret)
        {
            application.ClientSecret = stored;
            await applications.UpdateAsync(application, cancellationToken);
        }
        else
        {
            await applications.UpdateAsync(application, registration.Secret, cancellationToken);
        }

        return BootstrapChange.Updated;
    }

    private static bool IsSame(OpenIdApplication application, OpenIdApplication wanted) =>
        application.ClientType == wanted.ClientType
        && application.ApplicationType == wanted.ApplicationType
        && application.ConsentType == wanted.ConsentType
        && application.DisplayName == wanted.DisplayName
        && application.JsonWebKeySet == wanted.JsonWebKeySet
        && IsSame(application.Permissions, wanted.Permissions)
        && IsSame(application.Requirements, wanted.Requirements)
        && IsSame(application.RedirectUris, wanted.RedirectUris)
        && IsSame(application.PostLogoutRedirectUris, wanted.PostLogoutRedirectUris)
        && application.Settings.ToHashSet().SetEquals(wanted.Settings)
        && application.Properties.Count == wanted.Properties.Count
        && application.Properties.All(entry => wanted.Properties.TryGetValue(entry.Key, out var value) && JsonElement.DeepEquals(entry.Value, value));

    private static bool IsSame(ImmutableArray<string> one, ImmutableArray<string> other) => one.ToHashSet(StringComparer.Ordinal).SetEquals(other);
}
