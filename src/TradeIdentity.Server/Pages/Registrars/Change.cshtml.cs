using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Companies.Changes;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Registrars;

/// <summary>A declared change beside what the register says; confirmed with its evidence, or refused with a reason.</summary>
[RolesOnly(AccountRoles.Registrar)]
public sealed class ChangeModel(SignedInAccount person, SignedInOfficer officer, EntityChanges changes, DecideChange decide, GetOperator get, Wording words) : PageModel
{
    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    public EntityChange Change { get; private set; } = null!;

    /// <summary>The company holds a status that the change may be a reason to assess anew.</summary>
    public bool HoldsAeo { get; private set; }

    public bool MaySeeCase { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.RouteData.Values["id"] is string { Length: 32 } id && await changes.FindAsync(id, HttpContext.RequestAborted) is { } found)
        {
            Change = found;
            HoldsAeo = (await get.ExecuteAsync(found.Tin, HttpContext.RequestAborted)).Match(held => held.Aeo.Any(component => AeoLifecycle.IsHeld(component.Status)), _ => false);
            MaySeeCase = await officer.FindAsync(HttpContext.RequestAborted) is not null;
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostConfirmAsync() => After(
        (await decide.ConfirmAsync(Change.Id, Source ?? "", person.Session.AccountId, HttpContext.RequestAborted)).Refusal, "Changes.ConfirmedDone");

    public async Task<IActionResult> OnPostRefuseAsync() => After(
        (await decide.RefuseAsync(Change.Id, Text ?? "", person.Session.AccountId, HttpContext.RequestAborted)).Refusal, "Changes.RefusedDone");

    private IActionResult After(Refusal? refusal, string done)
    {
        if (refusal is not null)
        {
            var field = refusal.Code switch { "change_source_missing" => nameof(Source), "change_reason_invalid" => nameof(Text), _ => "" };
            ModelState.AddModelError(field, words.Find($"Changes.refusal.{refusal.Code}") ?? words["Changes.refusal.other", refusal.Detail]);
            return Page();
        }

        TempData[nameof(IndexModel.Done)] = words[done, Change.Earlier.LegalName];
        return RedirectToPage("/Registrars/Index");
    }
}
