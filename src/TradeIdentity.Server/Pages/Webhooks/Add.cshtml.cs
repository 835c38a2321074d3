using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Webhooks;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Webhooks;

/// <summary>Names an address where the notices of the entity are sent.</summary>
public sealed class AddModel(SignedInAccount person, OwnWebhooks own, AddWebhook add, Wording words) : PageModel
{
    private Membership _entity = null!;

    [BindProperty]
    public string? Address { get; set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await own.EntityAsync(HttpContext.RequestAborted) is not { } entity)
        {
            context.Result = RedirectToPage("/Webhooks/Index");
            return;
        }

        _entity = entity;
        await next();
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await add.ExecuteAsync(_entity.Tin, Address?.Trim() ?? "", person.Session.AccountId, HttpContext.RequestAborted);
        if (outcome.TryGet(out var webhook, out var refusal))
        {
            TempData[nameof(ShowModel.Done)] = words["Webhooks.AddDone"];
            return RedirectToPage("/Webhooks/Show", new { id = webhook.Id });
        }

        ModelState.AddModelError(nameof(Address), own.Say(refusal));
        return Page();
    }
}
