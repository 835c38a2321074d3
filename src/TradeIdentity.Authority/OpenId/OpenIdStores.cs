using Microsoft.Extensions.DependencyInjection;

namespace TradeIdentity.Authority.OpenId;

public static class OpenIdStores
{
    /// <summary>Puts the four stores, and the way client secrets are kept, under the OpenID Connect engine. Needs <c>Database</c> and <c>TimeProvider</c>.</summary>
    public static OpenIddictCoreBuilder AddOpenIdStores(this OpenIddictCoreBuilder core)
    {
        ArgumentNullException.ThrowIfNull(core);
        return core
            .SetDefaultApplicationEntity<OpenIdApplication>()
            .SetDefaultAuthorizationEntity<OpenIdAuthorization>()
            .SetDefaultScopeEntity<OpenIdScope>()
            .SetDefaultTokenEntity<OpenIdToken>()
            .ReplaceApplicationStore<OpenIdApplication, OpenIdApplicationStore>(ServiceLifetime.Singleton)
            .ReplaceAuthorizationStore<OpenIdAuthorization, OpenIdAuthorizationStore>(ServiceLifetime.Singleton)
            .ReplaceScopeStore<OpenIdScope, OpenIdScopeStore>(ServiceLifetime.Singleton)
            .ReplaceTokenStore<OpenIdToken, OpenIdTokenStore>(ServiceLifetime.Singleton)
            .ReplaceApplicationManager<OpenIdApplication, OpenIdApplications>();
    }
}
