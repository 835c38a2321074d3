using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Validation;
using static OpenIddict.Validation.AspNetCore.OpenIddictValidationAspNetCoreHandlers;
using static OpenIddict.Validation.OpenIddictValidationEvents;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary><c>Authorization: DPoP …</c> at the API (RFC 9449 §7): extracted, proven, and the challenge that answers it.</summary>
internal sealed class PresentAtApi(CheckPossession possession) : IOpenIddictValidationHandler<ValidateTokenContext>
{
    public static void Register(OpenIddictValidationBuilder validation)
    {
        validation.AddEventHandler<ProcessAuthenticationContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (string.IsNullOrEmpty(context.AccessToken) && context.Transaction.GetHttpRequest() is { } request && CheckPossession.Token(request) is { Length: > 0 } token)
                {
                    context.AccessToken = token;
                }

                return default;
            })
            .SetOrder(ExtractAccessTokenFromAuthorizationHeader.Descriptor.Order + 500));
        validation.RemoveEventHandler(OpenIddictValidationHandlers.Protection.ValidateProofOfPossession.Descriptor);
        validation.AddEventHandler<ValidateTokenContext>(handler => handler
            .UseScopedHandler<PresentAtApi>()
            .SetOrder(OpenIddictValidationHandlers.Protection.ValidateProofOfPossession.Descriptor.Order));
        validation.AddEventHandler<ProcessChallengeContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.Transaction.GetHttpRequest()?.HttpContext is { } http)
                {
                    Challenge.Write(http, context.Response.Error);
                }

                return default;
            })
            .SetOrder(AttachWwwAuthenticateHeader<ProcessChallengeContext>.Descriptor.Order + 500));
    }

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal is { } token && context.Transaction.GetHttpRequest() is { } request
            && await possession.OfAccessTokenAsync(
                request, context.Token!, token.GetClaim(OpenIddictConstants.Claims.Confirmation), context.Transaction.RemoteCertificate, context.CancellationToken) is { } refusal)
        {
            context.Reject(refusal.Code, refusal.Detail);
        }
    }
}
