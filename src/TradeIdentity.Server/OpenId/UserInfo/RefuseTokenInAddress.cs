using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.UserInfo;

/// <summary>
/// RFC 9700 §4.3.2, FAPI 2.0 §5.3.4: no access token in an address, which browsers and logs keep. The engine would take it;
/// the API never did.
/// </summary>
internal static class RefuseTokenInAddress
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<ExtractUserInfoRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.Transaction.GetHttpRequest()?.Query.ContainsKey(OpenIddictConstants.Parameters.AccessToken) == true)
                {
                    context.Reject(OpenIddictConstants.Errors.InvalidRequest, "An access token is never part of an address.");
                }

                return default;
            })
            .SetOrder(ExtractGetOrPostRequest<ExtractUserInfoRequestContext>.Descriptor.Order + 250));
}
