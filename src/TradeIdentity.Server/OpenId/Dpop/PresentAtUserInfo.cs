using Microsoft.AspNetCore;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary><c>Authorization: DPoP …</c> at the UserInfo endpoint (RFC 9449 §7.1), and the challenge that answers it.</summary>
internal static class PresentAtUserInfo
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ExtractUserInfoRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.Transaction.GetHttpRequest() is { } request && CheckPossession.Token(request) is { Length: > 0 } token && context.Request is not null)
                {
                    context.Request.AccessToken = token;
                }

                return default;
            })
            .SetOrder(ExtractAccessToken<ExtractUserInfoRequestContext>.Descriptor.Order + 500));
        server.AddEventHandler<ApplyUserInfoResponseContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.Transaction.GetHttpRequest()?.HttpContext is { } http)
                {
                    Challenge.Write(http, context.Response.Error);
                }

                return default;
            })
            .SetOrder(AttachWwwAuthenticateHeader<ApplyUserInfoResponseContext>.Descriptor.Order + 500));
    }
}
