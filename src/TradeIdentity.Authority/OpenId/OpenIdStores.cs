using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Authority.Outbound;

namespace TradeIdentity.Authority.OpenId;

public static class OpenIdStores
{
    /// <summary>Puts the four stores, and what the managers do otherwise, under the OpenID Connect engine. Needs <c>Database</c> and <c>TimeProvider</c>.</summary>
    public static OpenIddictCoreBuilder AddOpenIdStores(this OpenIddictCoreBuilder core)
    {
        ArgumentNullException.ThrowIfNull(core);
        core.Services.TryAddSingleton(new OutboundNetwork());
        core.Services.TryAddSingleton<PublicHttp>();
        core.Services.TryAddSingleton<ClientKeys>();
        core.Services.TryAddSingleton<SettleTokens>();
        return core
            .SetDefaultApplicationEntity<OpenIdApplication>()
            .SetDefaultAuthorizationEntity<OpenIdAuthorization>()
            .SetDefaultScopeEntity<OpenIdScope>()
            .SetDefaultTokenEntity<OpenIdToken>()
            .ReplaceApplicationStore<OpenIdApplication, OpenIdApplicationStore>(ServiceLifetime.Singleton)
            .ReplaceAuthorizationStore<OpenIdAuthorization, OpenIdAuthorizationStore>(ServiceLifetime.Singleton)
            .ReplaceScopeStore<OpenIdScope, OpenIdScopeStore>(ServiceLifetime.Singleton)
            .ReplaceTokenStore<OpenIdToken, OpenIdTokenStore>(ServiceLifetime.Singleton)
            .ReplaceApplicationManager<OpenIdApplication, OpenIdApplications>()
            .ReplaceTokenManager<OpenIdToken, OpenIdTokens>();
    }
}
