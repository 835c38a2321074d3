using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Server.OpenId.Dpop;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.Attestation;

/// <summary>
/// A refresh token of an attested client is good for the instance alone that got it: the one with the same key (draft 10 §9.3).
/// </summary>
internal static class BindToInstance
{
    private const string KeyOfInstance = "tradeidentity:attestation_jkt";

    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseInlineHandler(context =>
            {
                context.RefreshTokenPrincipal?.SetClaim(KeyOfInstance, ClientAttestation.Of(context.Transaction)?.Thumbprint);
                return default;
            })
            .SetOrder(OpenIddictServerHandlers.PrepareUserCodePrincipal.Descriptor.Order + 300));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.Request.IsRefreshTokenGrantType() && context.RefreshTokenPrincipal is { } token && !IsOfInstance(token, ClientAttestation.Of(context.Transaction)))
                {
                    context.Reject(OpenIddictConstants.Errors.InvalidGrant, "The refresh token is of another instance of the client.");
                }

                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantedScopes.Descriptor.Order + 250));
    }

    private static bool IsOfInstance(ClaimsPrincipal token, ClientAttestation? attestation) =>
        token.GetClaim(KeyOfInstance) is not { } key || (attestation is not null && CheckPossession.Same(attestation.Thumbprint, key));
}
