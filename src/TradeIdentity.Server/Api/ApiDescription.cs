using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Api;

/// <summary>The OpenAPI document: whose API it is, where it is, and which scope each endpoint needs.</summary>
internal static class ApiDescription
{
    private const string Scheme = "oauth2";

    internal static void Describe(this OpenApiOptions openApi)
    {
        openApi.AddDocumentTransformer((document, context, _) =>
        {
            // What the configuration says, whatever Host a request names.
            var address = context.ApplicationServices.GetRequiredService<IOptions<IssuerOptions>>().Value.BaseUrl.TrimEnd('/');
            document.Info = new OpenApiInfo
            {
                Title = "TradeIdentity",
                Version = "v1",
                Description = "Registry, issuance, verification and trust. Errors are problem details (RFC 9457) with a stable code; unknown and repeated members are refused.",
            };
            document.Servers = [new OpenApiServer { Url = address }];
            document.AddComponent<IOpenApiSecurityScheme>(Scheme, ClientCredentials(address));
            return Task.CompletedTask;
        });
        openApi.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredScope>().FirstOrDefault() is { } required)
            {
                operation.Security =
                [
                    .. new[] { required.Scope, required.Or }.OfType<string>().Select(scope =>
                        new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [scope] }),
                ];
            }

            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequestExample>().FirstOrDefault() is { } example)
            {
                foreach (var media in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
                {
                    media.Example = JsonNode.Parse(example.Json);
                }
            }

            return Task.CompletedTask;
        });
    }

    private static OpenApiSecurityScheme ClientCredentials(string address) => new()
    {
        Type = SecuritySchemeType.OAuth2,
        Flows = new OpenApiOAuthFlows
        {
            ClientCredentials = new OpenApiOAuthFlow
            {
                TokenUrl = new Uri($"{address}/connect/token"),
                Scopes = ApiScopes.All.ToDictionary(scope => scope, scope => scope),
            },
        },
    };
}
