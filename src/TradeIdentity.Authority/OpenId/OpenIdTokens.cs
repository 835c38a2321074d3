using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace TradeIdentity.Authority.OpenId;

/// <summary>The engine's view of tokens. The authorization that comes with a token is not read again within the request.</summary>
public sealed class OpenIdTokens(
    IOpenIddictTokenCache<OpenIdToken> cache,
    ILogger<OpenIddictTokenManager<OpenIdToken>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictTokenStore<OpenIdToken> store,
    IOpenIddictAuthorizationCache<OpenIdAuthorization> authorizations)
    : OpenIddictTokenManager<OpenIdToken>(cache, logger, options, store)
{
    public override async ValueTask<OpenIdToken?> FindByIdAsync(string identifier, CancellationToken cancellationToken = default) =>
        await WithAuthorizationAsync(await base.FindByIdAsync(identifier, cancellationToken), cancellationToken);

    public override async ValueTask<OpenIdToken?> FindByReferenceIdAsync(string identifier, CancellationToken cancellationToken = default) =>
        await WithAuthorizationAsync(await base.FindByReferenceIdAsync(identifier, cancellationToken), cancellationToken);

    private async ValueTask<OpenIdToken?> WithAuthorizationAsync(OpenIdToken? token, CancellationToken cancellationToken)
    {
        if (token?.Authorization is { } authorization)
        {
            token.Authorization = null;
            await authorizations.AddAsync(authorization, cancellationToken);
        }

        return token;
    }
}
