using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// RFC 7662 §2.2: introspection tells the client that a token was issued to what scope it carries. The engine tells it
/// only to the token's audience, which here is this server itself.
/// </summary>
internal static class DescribeTokenToItsClient
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.HandleIntrospectionRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.GenericTokenPrincipal is { } token && context.Request.ClientId is { } clientId && token.HasPresenter(clientId))
                {
                    context.Scopes.UnionWith(token.GetScopes());
                }

                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Introspection.AttachApplicationClaims.Descriptor.Order + 500));
}
