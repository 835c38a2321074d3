using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace TradeIdentity.Server.OpenId.Tokens;

/// <summary>
/// Redeems a pushed request or a user code before anything is issued for it. In place of the engine's own, which issues to every
/// one of parallel uses: here the database lets exactly one win. The token endpoint has <see cref="SettleTokenRequest"/>.
/// </summary>
internal sealed class RedeemOnce(IOpenIddictTokenManager tokens) : IOpenIddictServerHandler<OpenIddictServerEvents.ProcessSignInContext>
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.RemoveEventHandler(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor);
        server.AddEventHandler<OpenIddictServerEvents.ProcessSignInContext>(handler => handler
            .UseScopedHandler<RedeemOnce>()
            .SetOrder(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor.Order));
    }

    public async ValueTask HandleAsync(OpenIddictServerEvents.ProcessSignInContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.Token || OnceOnly.Presented(context)?.GetTokenId() is not { Length: > 0 } id)
        {
            return;
        }

        if (await tokens.FindByIdAsync(id, context.CancellationToken) is not { } token || !await tokens.TryRedeemAsync(token, context.CancellationToken))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, OnceOnly.UsedBefore);
        }
    }
}
