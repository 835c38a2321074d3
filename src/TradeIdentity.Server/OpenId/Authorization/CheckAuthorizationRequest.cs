using OpenIddict.Server;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>Refuses what <see cref="AuthorizationQuestion"/> cannot read, at the authorization endpoint and when it is pushed (RFC 9126 §2.1).</summary>
internal static class CheckAuthorizationRequest
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler => handler
            .UseInlineHandler(context => Check(context, context.Request))
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateAuthorizedParty.Descriptor.Order + 500));
        server.AddEventHandler<OpenIddictServerEvents.ValidatePushedAuthorizationRequestContext>(handler => handler
            .UseInlineHandler(context => Check(context, context.Request))
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidatePushedAuthorizedParty.Descriptor.Order + 500));
    }

    private static ValueTask Check(OpenIddictServerEvents.BaseValidatingContext context, OpenIddict.Abstractions.OpenIddictRequest request)
    {
        if (AuthorizationQuestion.Read(request).Refusal is { } refusal)
        {
            context.Reject(refusal.Code, refusal.Detail);
        }

        return default;
    }
}
