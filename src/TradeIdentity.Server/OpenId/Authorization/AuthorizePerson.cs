using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Server.OpenId.Delegation;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>Answers authorization requests as <see cref="DecideForPerson"/> decides them.</summary>
internal sealed class AuthorizePerson(DecideForPerson decide, TargetsOfToken targets) : IOpenIddictServerHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>(handler => handler.UseScopedHandler<AuthorizePerson>());

    public async ValueTask HandleAsync(OpenIddictServerEvents.HandleAuthorizationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (!AuthorizationQuestion.Read(context.Request).TryGet(out var question, out var unreadable))
        {
            context.Reject(unreadable.Code, unreadable.Detail);
            return;
        }

        var request = new PersonRequest(http, context.ClientId!, [.. context.Request.GetScopes()], question)
        {
            Resources = targets.Asked(context.Request),
            Prompts = [.. context.Request.GetPromptValues()],
            IdTokenHint = context.IdentityTokenHintPrincipal,
            LoginHint = context.Request.LoginHint,
            UiLocales = context.Request.UiLocales,
        };
        switch (await decide.ExecuteAsync(request, context.CancellationToken))
        {
            case PersonDecision.Granted granted:
                context.SignIn(granted.Principal);
                break;
            case PersonDecision.Refused refused:
                context.Reject(refused.Error, refused.Description);
                break;
            case PersonDecision.Asked asked:
                http.Response.Redirect(asked.Page);
                context.HandleRequest();
                break;
        }
    }
}
