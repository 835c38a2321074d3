using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>A page about the entity that one acts for; who acts for none comes to the page that says how one does.</summary>
public abstract class EntityPage(SignedInAccount person) : PageModel
{
    public Membership Entity { get; private set; } = null!;

    protected string AccountId => person.Session.AccountId;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await person.ActingForAsync(HttpContext.RequestAborted) is { } entity)
        {
            Entity = entity;
            await next();
        }
        else
        {
            context.Result = RedirectToPage("/Company/Index");
        }
    }
}
