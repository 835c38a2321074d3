using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.Tokens;

/// <summary>
/// Ends the family of a code or refresh token that is shown a second time, with an entry in the audit trail. The engine, which
/// comes next and refuses it, would end the family without.
/// </summary>
internal sealed class NoticeReplay(IOpenIddictTokenManager tokens, EndTokenFamily endFamily) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<ValidateTokenContext>(handler => handler
            .UseScopedHandler<NoticeReplay>()
            .SetOrder(OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor.Order - 1));

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        // The engine reads the same entry next, and finds it in the cache of the request.
        if (context.EndpointType == OpenIddictServerEndpointType.Token
            && context.Principal?.GetTokenId() is { Length: > 0 } id
            && await tokens.FindByIdAsync(id, context.CancellationToken) is { } token
            && await tokens.HasStatusAsync(token, OpenIddictConstants.Statuses.Redeemed, context.CancellationToken)
            && await tokens.GetAuthorizationIdAsync(token, context.CancellationToken) is { Length: > 0 } family)
        {
            await endFamily.ExecuteAsync(family, await tokens.GetTypeAsync(token, context.CancellationToken) ?? "", context.CancellationToken);
        }
    }
}
