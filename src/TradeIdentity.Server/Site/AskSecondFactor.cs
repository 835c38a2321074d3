using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Site;

/// <summary>An officer who has shown one factor is led to the page that adds a second; until then no other page of the account is open.</summary>
internal sealed class AskSecondFactor : IAsyncPageFilter
{
    // The two pages where a second factor is added, the way out, and what anyone may see.
    private static readonly string[] Open = ["/YourAccount/Authenticator", "/YourAccount/Passkeys", "/SignIn", "/SecondFactor", "/SignOut", "/Index", "/Error"];

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var session = context.HttpContext.RequestServices.GetRequiredService<CurrentSession>().Session;
        if (session is not { SecondFactorRequired: true } || Open.Contains(context.ActionDescriptor.ViewEnginePath))
        {
            return next();
        }

        context.Result = Lead();
        return Task.CompletedTask;
    }

    internal static RedirectToPageResult Lead() => new("/YourAccount/Authenticator");
}
