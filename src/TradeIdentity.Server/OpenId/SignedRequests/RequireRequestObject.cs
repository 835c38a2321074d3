using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.SignedRequests;

/// <summary>A client with <c>require_signed_request_object</c> is heard by its signed requests alone (RFC 9101 §10.5); a pushed one was looked at when it was pushed.</summary>
internal sealed class RequireRequestObject(IOpenIddictApplicationManager applications)
    : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>, IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseScopedHandler<RequireRequestObject>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateAuthorizedParty.Descriptor.Order + 300));
        server.AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler.UseScopedHandler<RequireRequestObject>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidatePushedAuthorizedParty.Descriptor.Order + 300));
    }

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context) =>
        context.RequestTokenPrincipal is null ? CheckAsync(context, context.ClientId) : default;

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context) => CheckAsync(context, context.ClientId);

    private async ValueTask CheckAsync(BaseValidatingContext context, string? clientId)
    {
        if (RequestObject.Of(context.Transaction) is null && clientId is not null
            && await applications.FindByClientIdAsync(clientId, context.CancellationToken) is { } application
            && ClientMetadata.Of(application).RequireSignedRequestObject)
        {
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, "This client is registered to sign its authorization requests.");
        }
    }
}
