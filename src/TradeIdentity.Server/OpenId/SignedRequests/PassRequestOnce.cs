using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.SignedRequests;

/// <summary>
/// A request object leads to one code, or is pushed once, like a pushed request itself (RFC 9126 §7.3). Used up when something is
/// issued for it: until then the person goes from page to page with it, and strangers write nothing.
/// </summary>
internal sealed class PassRequestOnce(ReplayGuard replays) : IOpenIddictServerHandler<OpenIddictServerEvents.ProcessSignInContext>
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.ProcessSignInContext>(handler => handler
            .UseScopedHandler<PassRequestOnce>()
            .SetOrder(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor.Order + 250));

    public async ValueTask HandleAsync(OpenIddictServerEvents.ProcessSignInContext context)
    {
        if (RequestObject.Of(context.Transaction) is { } found
            && !await replays.TryPassAsync("request_object", found.ClientId, found.OneTime, found.Until, context.CancellationToken))
        {
            context.Reject(ReadRequestObject.Invalid, "The request object was used before.");
        }
    }
}
