using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Server.OpenId.Authorization;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Device;

/// <summary>
/// Lets a person allow a device that shows a code (RFC 8628 §3.3). Consent is asked for each time, with the code to compare: a
/// remembered one would let a stranger's device in by a link alone (§5.4).
/// </summary>
internal sealed class VerifyDevice(DecideForPerson decide, IOpenIddictTokenManager tokens) : IOpenIddictServerHandler<OpenIddictServerEvents.HandleEndUserVerificationRequestContext>
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<OpenIddictServerEvents.HandleEndUserVerificationRequestContext>(handler => handler
            .UseScopedHandler<VerifyDevice>()
            .SetOrder(OpenIddictServerHandlers.Device.AttachUserCodePrincipal.Descriptor.Order + 500));
        server.AddEventHandler<OpenIddictServerEvents.ApplyEndUserVerificationResponseContext>(handler => handler
            .UseInlineHandler(context =>
            {
                // The engine would answer with nothing, or with an error for machines; a person stands here.
                if (context.Transaction.GetHttpRequest()?.HttpContext is { } http)
                {
                    Show(http, context.Response.Error switch { null => "allowed", Errors.AccessDenied => "refused", _ => "unknown" });
                    context.HandleRequest();
                }

                return default;
            })
            .SetOrder(int.MinValue));
        server.AddEventHandler<OpenIddictServerEvents.ApplyDeviceAuthorizationResponseContext>(handler => handler
            .UseInlineHandler(context =>
            {
                // What a device shows must be short and typed by hand: the page, not the engine's endpoint.
                if (context.Response is { Error: null, VerificationUri: { } endpoint, UserCode: { } code })
                {
                    var page = endpoint[..endpoint.LastIndexOf("/connect/", StringComparison.Ordinal)] + DevicePage;
                    context.Response.VerificationUri = page;
                    context.Response.VerificationUriComplete = $"{page}?user_code={Uri.EscapeDataString(code)}";
                }

                return default;
            })
            .SetOrder(int.MinValue));
    }

    private const string DevicePage = "/device";

    public async ValueTask HandleAsync(OpenIddictServerEvents.HandleEndUserVerificationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (context.UserCodePrincipal is not { } device || device.GetClaim(Claims.ClientId) is not { } clientId)
        {
            Show(http, "unknown");
            context.HandleRequest();
            return;
        }

        var request = new PersonRequest(http, clientId, [.. device.GetScopes()], AuthorizationQuestion.None)
        {
            Prompts = [PromptValues.Consent],
            UserCode = context.Request.UserCode,
        };
        switch (await decide.ExecuteAsync(request, context.CancellationToken))
        {
            case PersonDecision.Granted granted:
                context.SignIn(granted.Principal);
                break;
            case PersonDecision.Refused refused:
                await RefuseAsync(device, context.CancellationToken);
                context.Reject(refused.Error, refused.Description);
                break;
            case PersonDecision.Asked asked:
                http.Response.Redirect(asked.Page);
                context.HandleRequest();
                break;
        }
    }

    // The device hears of it at its next question (§3.5), and the code is spent.
    private async Task RefuseAsync(System.Security.Claims.ClaimsPrincipal device, CancellationToken cancellationToken)
    {
        foreach (var id in new[] { device.GetClaim(Claims.Private.DeviceCodeId), device.GetTokenId() })
        {
            if (id is not null && await tokens.FindByIdAsync(id, cancellationToken) is { } token)
            {
                await tokens.TryRejectAsync(token, cancellationToken);
            }
        }
    }

    private static void Show(HttpContext http, string outcome) => http.Response.Redirect($"{http.Request.PathBase}{DevicePage}?outcome={outcome}");
}
