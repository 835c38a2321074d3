using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Site;

/// <summary>
/// The page changes how one signs in: whoever finds a browser open must not lock its owner out with it. Who signed in longer
/// ago does so again first (NIST SP 800-63B-4 §2.1.3).
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RecentSignInAttribute : Attribute, IAsyncPageFilter
{
    // Who opened the page in time has time to fill it in.
    private static readonly TimeSpan RecentAtPost = TimeSpan.FromMinutes(30);

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        var age = services.GetRequiredService<TimeProvider>().GetUtcNow() - services.GetRequiredService<CurrentSession>().Session!.AuthTime;
        if (age <= (HttpMethods.IsPost(context.HttpContext.Request.Method) ? RecentAtPost : RecentSignIn.Longest))
        {
            return next();
        }

        context.Result = new RedirectToPageResult("/SignIn", new { ReturnUrl = context.HttpContext.Request.Path.Value, again = true });
        return Task.CompletedTask;
    }
}
