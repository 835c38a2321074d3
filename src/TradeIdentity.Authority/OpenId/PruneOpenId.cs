using OpenIddict.Abstractions;

namespace TradeIdentity.Authority.OpenId;

/// <summary>Deletes what the engine no longer needs. Tokens go first: an authorization for one sign-in ends with its last token.</summary>
public sealed class PruneOpenId(
    IOpenIddictTokenStore<OpenIdToken> tokens, IOpenIddictAuthorizationStore<OpenIdAuthorization> authorizations, ReplayGuard replays, SessionClients sessionClients, TimeProvider time)
{
    // Entries stay a while after they ended, so that a replayed code or refresh token is still recognised as one.
    private static readonly TimeSpan KeptAtLeast = TimeSpan.FromDays(14);

    public async Task<long> ExecuteAsync(CancellationToken cancellationToken)
    {
        var threshold = time.GetUtcNow() - KeptAtLeast;
        return await tokens.PruneAsync(threshold, cancellationToken)
            + await authorizations.PruneAsync(threshold, cancellationToken)
            + await replays.PruneAsync(cancellationToken)
            + await sessionClients.PruneAsync(cancellationToken);
    }
}
