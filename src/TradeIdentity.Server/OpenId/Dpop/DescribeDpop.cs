using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>Says in the discovery document (RFC 9449 §5.1) and at introspection (§6.2) that there is DPoP.</summary>
internal static class DescribeDpop
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<OpenIddictServerEvents.HandleConfigurationRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                context.Metadata["dpop_signing_alg_values_supported"] = new OpenIddictParameter([.. CheckDpopProof.Algorithms]);
                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor.Order + 500));
        server.AddEventHandler<OpenIddictServerEvents.HandleIntrospectionRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.Confirmation is { } confirmation)
                {
                    // RFC 8705 has no type of its own: a token bound to a certificate is presented as a bearer token.
                    context.TokenType = confirmation.ContainsKey("jkt") ? CheckDpopProof.Header : OpenIddictConstants.TokenTypes.Bearer;
                }

                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Introspection.AttachApplicationClaims.Descriptor.Order + 600));
    }
}
