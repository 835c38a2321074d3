using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Server.Accounts;
using TradeIdentity.Server.OpenId.Authorization;

namespace TradeIdentity.Server.OpenId.Logout;

/// <summary>
/// OpenID Connect RP-Initiated Logout 1.0 §2: signs the person out of this server where the hint is of this very session, and asks the
/// person first where it is not: a link on a foreign page must not end anybody's work. Then back to the client, where the address is
/// registered for it.
/// </summary>
internal sealed class EndSessionOfPerson(AccountSignIn accounts, TellByBrowser tell) : IOpenIddictServerHandler<OpenIddictServerEvents.HandleEndSessionRequestContext>
{
    private const string Page = "/sign-out";

    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.HandleEndSessionRequestContext>(handler => handler.UseScopedHandler<EndSessionOfPerson>());

    public async ValueTask HandleAsync(OpenIddictServerEvents.HandleEndSessionRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (PersonSignIn.Read((await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal) is { } signIn)
        {
            if (context.IdentityTokenHintPrincipal?.GetClaim("sid") != signIn.Sid)
            {
                var comesBack = http.Request.PathBase + http.Request.Path + RawRequest.Of(http.Request).Query;
                http.Response.Redirect($"{http.Request.PathBase}{Page}?returnUrl={Uri.EscapeDataString(comesBack)}");
                context.HandleRequest();
                return;
            }

            var clients = await tell.WhoAsync(signIn.Sid, context.CancellationToken);
            await accounts.SignOutAsync();
            // The page comes back with the same request, to a browser that is signed out.
            var next = string.IsNullOrEmpty(context.Request.PostLogoutRedirectUri) ? null : http.Request.PathBase + http.Request.Path + RawRequest.Of(http.Request).Query;
            if (tell.PageFor(signIn.Sid, clients, next) is { } page)
            {
                http.Response.Redirect(http.Request.PathBase + page);
                context.HandleRequest();
                return;
            }
        }

        if (string.IsNullOrEmpty(context.Request.PostLogoutRedirectUri))
        {
            http.Response.Redirect(http.Request.PathBase + Page);
            context.HandleRequest();
            return;
        }

        context.SignOut();
    }
}
