using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Accounts;

/// <summary>
/// The sign-in cookie names a session and its generation, and nothing else: what the request is, is read from the session's
/// row. So an end, a step-up or another role works at the next request, on every instance.
/// </summary>
internal sealed class SessionCookie(Sessions sessions, CurrentSession current) : CookieAuthenticationEvents
{
    private const string Generation = "gen";

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Principal?.FindFirstValue("sid") is { } sid
            && long.TryParse(context.Principal.FindFirstValue(Generation), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            && await sessions.FindAsync(sid, generation, context.HttpContext.RequestAborted) is { } session)
        {
            current.Session = session;
            context.ReplacePrincipal(SessionPrincipal.Of(session));
            return;
        }

        context.RejectPrincipal();
        context.HttpContext.Response.Cookies.Delete(context.Options.Cookie.Name!, context.Options.Cookie.Build(context.HttpContext));
    }

    /// <summary>Writes the cookie of a session, and makes the request at hand one of it.</summary>
    internal static async Task WriteAsync(HttpContext http, Session session)
    {
        var identity = new ClaimsIdentity(
            [new Claim("sid", session.Sid), new Claim(Generation, session.Generation.ToString(CultureInfo.InvariantCulture))], IdentityConstants.ApplicationScheme);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { AllowRefresh = false });
        http.Features.Set(session);
        http.User = SessionPrincipal.Of(session);
    }
}
