using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Credentials.Uses;
using TradeIdentity.Server.Pages.Company;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Credentials;

/// <summary>Whether the entity is told when this server judges one of its credentials.</summary>
public sealed class UseNoticesModel(SignedInAccount person, UseNotices notices, OwnCredentials own, Wording words) : EntityPage(person)
{
    [TempData]
    public string? Done { get; set; }

    /// <summary>Null: it is not.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => base.OnPageHandlerExecutionAsync(context, async () =>
    {
        if (!OwnCredentials.MayObtain(Entity))
        {
            context.Result = RedirectToPage("/Credentials/Index");
            return null!;
        }

        AskedAt = await notices.FindAsync(Entity.Tin, HttpContext.RequestAborted);
        return await next();
    });

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAskAsync() => After((await notices.AskAsync(Entity.Tin, AccountId, HttpContext.RequestAborted)).Refusal, "Credentials.UseAsked");

    public async Task<IActionResult> OnPostEndAsync() => After((await notices.EndAsync(Entity.Tin, AccountId, HttpContext.RequestAborted)).Refusal, "Credentials.UseEnded");

    private IActionResult After(Refusal? refusal, string done)
    {
        if (refusal is not null)
        {
            ModelState.AddModelError("", own.Say(refusal));
            return Page();
        }

        Done = words[done];
        return RedirectToPage();
    }
}
