using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>A page on which one act of the holder is confirmed: of a component of the session's entity that allows it now.</summary>
public abstract class HolderActPage(SignedInAccount person, OwnAeo own, AeoAct act) : PageModel
{
    protected OwnAeo Own => own;

    protected AeoAct Act => act;

    protected string AccountId => person.Session.AccountId;

    public Membership Entity { get; private set; } = null!;

    public ShownComponent Component { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var (programme, code) = (context.RouteData.Values["programme"] as string, context.RouteData.Values["component"] as string);
        if (await person.ActingForAsync(HttpContext.RequestAborted) is not { } entity
            || (await own.ReadAsync(entity.Tin, HttpContext.RequestAborted)).FirstOrDefault(each => each.Programme == programme && each.Code == code) is not { State: not null } component)
        {
            context.Result = NotFound();
            return;
        }

        if (!component.Acts.Contains(act))
        {
            // It has moved on, or never came so far: the overview says where it stands.
            context.Result = RedirectToPage("/AeoHolder/Index");
            return;
        }

        (Entity, Component) = (entity, component);
        await next();
    }
}
