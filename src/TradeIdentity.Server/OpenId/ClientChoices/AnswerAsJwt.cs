using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using TradeIdentity.Authority.OpenId;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.ClientChoices;

/// <summary>
/// Introspection as a signed JWT where the request accepts one (RFC 9701), and UserInfo as one where the client registered
/// for it (OpenID Connect Core §5.3.2): what a client keeps as evidence says who said it, and to whom. Errors stay plain.
/// </summary>
internal sealed class AnswerAsJwt(IOpenIddictApplicationManager applications, SignedAnswer signed)
    : IOpenIddictServerHandler<ApplyIntrospectionResponseContext>, IOpenIddictServerHandler<ApplyUserInfoResponseContext>
{
    private const string IntrospectionType = "token-introspection+jwt";

    // Of the last handlers before the body is written.
    private const int BeforeBody = 250;

    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ApplyIntrospectionResponseContext>(handler => handler.UseScopedHandler<AnswerAsJwt>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ProcessJsonResponse<ApplyIntrospectionResponseContext>.Descriptor.Order - BeforeBody));
        server.AddEventHandler<ApplyUserInfoResponseContext>(handler => handler.UseScopedHandler<AnswerAsJwt>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ProcessJsonResponse<ApplyUserInfoResponseContext>.Descriptor.Order - BeforeBody));
        server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            context.Metadata["introspection_signing_alg_values_supported"] = new OpenIddictParameter([ClientMetadata.ES256, ClientMetadata.RS256]);
            context.Metadata["userinfo_signing_alg_values_supported"] = new OpenIddictParameter([ClientMetadata.ES256, ClientMetadata.RS256]);
            return default;
        }));
    }

    public async ValueTask HandleAsync(ApplyIntrospectionResponseContext context)
    {
        if (context.Error is null && context.Transaction.GetHttpRequest() is { } http && Accepts(http)
            && context.Transaction.GetProperty<ValidateIntrospectionRequestContext>(typeof(ValidateIntrospectionRequestContext).FullName!)?.ClientId is { } clientId
            && await ClientAsync(clientId, context.CancellationToken) is { } client)
        {
            // RFC 9701 §5.
            var claims = new JsonObject { ["token_introspection"] = Json(context.Response) };
            await WriteAsync(context, $"application/{IntrospectionType}", signed.Write(client.IntrospectionSignedResponseAlg, IntrospectionType, clientId, claims));
        }
    }

    public async ValueTask HandleAsync(ApplyUserInfoResponseContext context)
    {
        if (context.Error is null && UserInfoClient.IdOf(context.Transaction) is { } clientId
            && await ClientAsync(clientId, context.CancellationToken) is { UserinfoSignedResponseAlg: { } algorithm })
        {
            await WriteAsync(context, "application/jwt", signed.Write(algorithm, "JWT", clientId, Json(context.Response)));
        }
    }

    private async ValueTask<ClientMetadata?> ClientAsync(string clientId, CancellationToken cancellationToken) =>
        await applications.FindByClientIdAsync(clientId, cancellationToken) is { } application ? ClientMetadata.Of(application) : null;

    private static bool Accepts(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals($"application/{IntrospectionType}", StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);

    private static JsonObject Json(OpenIddictResponse response) => JsonNode.Parse(JsonSerializer.Serialize(response, OpenIddictSerializer.Default.Response))!.AsObject();

    private static async ValueTask WriteAsync(BaseRequestContext context, string mediaType, string jwt)
    {
        var response = context.Transaction.GetHttpRequest()!.HttpContext.Response;
        response.ContentType = mediaType;
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(jwt, context.CancellationToken);
        context.HandleRequest();
    }
}
