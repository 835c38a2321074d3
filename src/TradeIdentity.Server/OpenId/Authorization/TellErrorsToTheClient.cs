using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>
/// Sends the error of an authorization request to the client (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6) wherever the client is
/// known and the address is registered for it; the engine itself shows what it finds while validating to the person, who can do
/// nothing about it. An address that is not registered is never followed.
/// </summary>
internal sealed class TellErrorsToTheClient(IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<OpenIddictServerEvents.ApplyAuthorizationResponseContext>
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.ApplyAuthorizationResponseContext>(handler => handler
            .UseScopedHandler<TellErrorsToTheClient>()
            .SetOrder(OpenIddictServerHandlers.Authentication.AttachRedirectUri.Descriptor.Order + 500));

    public async ValueTask HandleAsync(OpenIddictServerEvents.ApplyAuthorizationResponseContext context)
    {
        if (context.Response.Error is null || context.RedirectUri is not null || context.Request is not { ClientId: { } clientId, RedirectUri: { } address } request)
        {
            return;
        }

        if (await applications.FindByClientIdAsync(clientId, context.CancellationToken) is { } client
            && await applications.ValidateRedirectUriAsync(client, address, context.CancellationToken))
        {
            context.RedirectUri = address;
            // In a mode that is not offered, the error itself could not be told.
            request.ResponseMode = request.ResponseMode == ResponseModes.FormPost ? ResponseModes.FormPost : ResponseModes.Query;
        }
    }
}
