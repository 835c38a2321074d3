using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace TradeIdentity.Server.OpenId.SignedRequests;

/// <summary>JWT-secured authorization requests (RFC 9101), by value and pushed.</summary>
internal static class SignedRequestsSetup
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.Services.AddSingleton<ReadRequestObject>();
        TakeRequestObject.Register(server);
        RequireRequestObject.Register(server);
        PassRequestOnce.Register(server);
        server.AddEventHandler<OpenIddictServerEvents.HandleConfigurationRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                context.Metadata["request_parameter_supported"] = true;
                // OpenID Connect Discovery §3, RFC 9101 §10.5. Those of pushed requests are no documents of the client (RFC 9126 §5).
                context.Metadata["request_uri_parameter_supported"] = false;
                context.Metadata["require_signed_request_object"] = false;
                context.Metadata["request_object_signing_alg_values_supported"] = new OpenIddictParameter([.. ReadRequestObject.Algorithms]);
                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor.Order + 500));
    }
}
