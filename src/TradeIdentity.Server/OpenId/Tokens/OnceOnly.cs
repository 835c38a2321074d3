using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Server.OpenId.SecurityProfile;

namespace TradeIdentity.Server.OpenId.Tokens;

/// <summary>What of a request may be used once.</summary>
internal static class OnceOnly
{
    public const string UsedBefore = "It was used before.";

    /// <summary>The code, refresh token, device code, user code or pushed request that was presented and accepted; null where the request has none.</summary>
    public static ClaimsPrincipal? Presented(OpenIddictServerEvents.ProcessSignInContext context)
    {
        var authenticated = context.Transaction.GetProperty<OpenIddictServerEvents.ProcessAuthenticationContext>(typeof(OpenIddictServerEvents.ProcessAuthenticationContext).FullName!);
        return context.EndpointType switch
        {
            OpenIddictServerEndpointType.Authorization => authenticated?.RequestTokenPrincipal,
            OpenIddictServerEndpointType.EndUserVerification => authenticated?.UserCodePrincipal,
            OpenIddictServerEndpointType.Token when context.Request.IsAuthorizationCodeGrantType() => authenticated?.AuthorizationCodePrincipal,
            OpenIddictServerEndpointType.Token when context.Request.IsDeviceCodeGrantType() => authenticated?.DeviceCodePrincipal,
            OpenIddictServerEndpointType.Token when context.Request.IsRefreshTokenGrantType() && !KeepRefreshToken.Keeps(context.Transaction) => authenticated?.RefreshTokenPrincipal,
            _ => null,
        };
    }
}
