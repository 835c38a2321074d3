using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Webhooks;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Webhooks;

/// <summary>Asks once more before a webhook goes, with its log.</summary>
public sealed class RemoveModel(SignedInAccount person, OwnWebhooks own, RemoveWebhook remove, Wording words) : PageModel
{
    private Membership _entity = null!;

    public Webhook Webhook { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await own.FindAsync(context.RouteData.Values["id"], HttpContext.RequestAborted) is not var (entity, webhook))
        {
            context.Result = NotFound();
            return;
        }

        (_entity, Webhook) = (entity, webhook);
        await next();
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await remove.ExecuteAsync(Webhook.Id, _entity.Tin, person.Session.AccountId, HttpContext.RequestAborted);
        if (outcome.Refusal is { } refusal)
        {
            ModelState.AddModelError("", own.Say(refusal));
            return Page();
        }

        TempData[nameof(IndexModel.Done)] = words["Webhooks.RemoveDone"];
        return RedirectToPage("/Webhooks/Index");
    }
}
