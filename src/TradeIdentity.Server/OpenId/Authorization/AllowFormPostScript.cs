using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>
/// OAuth 2.0 Form Post Response Mode: the page that posts the answer to the client runs the one script that submits it, named by
/// its digest, and nothing else.
/// </summary>
internal static class AllowFormPostScript
{
    // As the engine writes it; a browser test notices when it changes.
    private const string Script = "document.form.submit();";

    private static readonly string Policy =
        $"default-src 'none'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Script)))}'; base-uri 'none'; frame-ancestors 'none'";

    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.ApplyAuthorizationResponseContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context is { ResponseMode: ResponseModes.FormPost, RedirectUri: not null } && context.Transaction.GetHttpRequest() is { } request)
                {
                    request.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
                }

                return default;
            })
            .SetOrder(OpenIddictServerAspNetCoreHandlers.Authentication.ProcessFormPostResponse.Descriptor.Order - 500));
}
