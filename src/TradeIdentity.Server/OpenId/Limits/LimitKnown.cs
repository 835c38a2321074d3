using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.OpenId.Authorization;
using TradeIdentity.Server.OpenId.ClientChoices;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.Limits;

/// <summary>
/// Limits what one client and one account ask, once the engine has found who they are: nobody uses up what is another's by
/// naming it. A public client names itself and proves nothing, so it is counted where a code or a token of its was shown.
/// </summary>
internal sealed class LimitKnown(SharedCounts counts, ProtocolLimits limits, IOpenIddictApplicationManager applications) :
    IOpenIddictServerHandler<HandleTokenRequestContext>,
    IOpenIddictServerHandler<ProcessAuthenticationContext>,
    IOpenIddictServerHandler<HandlePushedAuthorizationRequestContext>,
    IOpenIddictServerHandler<HandleDeviceAuthorizationRequestContext>,
    IOpenIddictServerHandler<HandleUserInfoRequestContext>,
    IOpenIddictServerHandler<HandleAuthorizationRequestContext>
{
    // Before anything is done for the request.
    private const int First = int.MinValue;

    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseScopedHandler<LimitKnown>().SetOrder(First));
        server.AddEventHandler<ProcessAuthenticationContext>(handler => handler
            .UseScopedHandler<LimitKnown>().SetOrder(OpenIddictServerHandlers.ValidateGenericToken.Descriptor.Order - 1));
        server.AddEventHandler<HandlePushedAuthorizationRequestContext>(handler => handler.UseScopedHandler<LimitKnown>().SetOrder(First));
        server.AddEventHandler<HandleDeviceAuthorizationRequestContext>(handler => handler.UseScopedHandler<LimitKnown>().SetOrder(First));
        server.AddEventHandler<HandleUserInfoRequestContext>(handler => handler.UseScopedHandler<LimitKnown>().SetOrder(First));
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseScopedHandler<LimitKnown>().SetOrder(First));
    }

    public ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        var proven = Authentication(context);
        return LimitAsync(context, context.ClientId, AccountOf(proven?.AuthorizationCodePrincipal ?? proven?.RefreshTokenPrincipal ?? proven?.DeviceCodePrincipal));
    }

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        // RFC 7662 §2.2, RFC 7009 §2.2: a token that is none is no error and is answered right after this, so it is counted here.
        if (context.EndpointType is OpenIddictServerEndpointType.Introspection or OpenIddictServerEndpointType.Revocation)
        {
            await LimitAsync(context, await ProvenAsync(context), accountId: null);
        }
    }

    public async ValueTask HandleAsync(HandlePushedAuthorizationRequestContext context) => await LimitAsync(context, await ProvenAsync(context), accountId: null);

    public async ValueTask HandleAsync(HandleDeviceAuthorizationRequestContext context) => await LimitAsync(context, await ProvenAsync(context), accountId: null);

    public ValueTask HandleAsync(HandleUserInfoRequestContext context) =>
        LimitAsync(context, UserInfoClient.IdOf(context.Transaction), AccountOf(Authentication(context)?.AccessTokenPrincipal));

    public async ValueTask HandleAsync(HandleAuthorizationRequestContext context)
    {
        // Looked up once a request, however often it is asked.
        var cookie = await context.Transaction.GetHttpRequest()!.HttpContext.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        await LimitAsync(context, clientId: null, PersonSignIn.Read(cookie.Principal)?.AccountId);
    }

    private ValueTask LimitAsync(BaseRequestContext context, string? clientId, string? accountId)
    {
        var wait = Math.Max(
            clientId is null ? 0 : counts.Take(limits.Client, clientId),
            accountId is null ? 0 : counts.Take(limits.Account, accountId));
        if (wait == 0)
        {
            return default;
        }

        context.HandleRequest();
        return OverLimit.AnswerAsync(context.Transaction.GetHttpRequest()!.HttpContext, wait);
    }

    private async ValueTask<string?> ProvenAsync(BaseContext context) =>
        (context as ProcessAuthenticationContext ?? Authentication(context))?.ClientId is { } clientId
            && await applications.FindByClientIdAsync(clientId, context.CancellationToken) is { } client
            && !await applications.HasClientTypeAsync(client, OpenIddictConstants.ClientTypes.Public, context.CancellationToken)
            ? clientId
            : null;

    private static ProcessAuthenticationContext? Authentication(BaseContext context) =>
        context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!);

    private static string? AccountOf(ClaimsPrincipal? token) => token?.GetClaim(OpenIddictConstants.Claims.Subject);
}
