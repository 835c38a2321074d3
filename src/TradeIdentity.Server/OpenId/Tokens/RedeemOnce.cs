using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace TradeIdentity.Server.OpenId.Tokens;

/// <summary>
/// Redeems what may be used once, code, refresh token, device code, user code or pushed request, before anything is issued
/// for it. In place of the engine's own, which issues to every one of parallel uses of a refresh token (RFC 9700 §4.14.2): here the
/// database lets exactly one win. A loser ends the whole family, as a second use after the first does.
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
        if (Presented(context)?.GetTokenId() is not { Length: > 0 } id)
        {
            return;
        }

        if (await tokens.FindByIdAsync(id, context.CancellationToken) is { } token && await tokens.TryRedeemAsync(token, context.CancellationToken))
        {
            return;
        }

        if (Presented(context)?.GetAuthorizationId() is { Length: > 0 } family)
        {
            await tokens.RevokeByAuthorizationIdAsync(family, context.CancellationToken);
        }

        context.Reject(
            context.EndpointType == OpenIddictServerEndpointType.Token ? OpenIddictConstants.Errors.InvalidGrant : OpenIddictConstants.Errors.InvalidRequest,
            "It was used before.");
    }

    private static ClaimsPrincipal? Presented(OpenIddictServerEvents.ProcessSignInContext context)
    {
        var authenticated = context.Transaction.GetProperty<OpenIddictServerEvents.ProcessAuthenticationContext>(typeof(OpenIddictServerEvents.ProcessAuthenticationContext).FullName!);
        return context.EndpointType switch
        {
            OpenIddictServerEndpointType.Authorization => authenticated?.RequestTokenPrincipal,
            OpenIddictServerEndpointType.EndUserVerification => authenticated?.UserCodePrincipal,
            OpenIddictServerEndpointType.Token when context.Request.IsAuthorizationCodeGrantType() => authenticated?.AuthorizationCodePrincipal,
            OpenIddictServerEndpointType.Token when context.Request.IsDeviceCodeGrantType() => authenticated?.DeviceCodePrincipal,
            OpenIddictServerEndpointType.Token when context.Request.IsRefreshTokenGrantType() => authenticated?.RefreshTokenPrincipal,
            _ => null,
        };
    }
}
