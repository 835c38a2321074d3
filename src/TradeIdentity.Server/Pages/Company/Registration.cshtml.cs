using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>One registration of the person: where it stands, what happens next, and the answer to what an officer asked.</summary>
public sealed class RegistrationModel(SignedInAccount person, EntityRegistrations registrations, AnswerRegistration answer, Wording words) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    public EntityRegistration Registration { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // Another's is none.
        if (context.RouteData.Values["id"] is string { Length: 32 } id && await registrations.FindAsync(id, HttpContext.RequestAborted) is { } found && found.AccountId == person.Session.AccountId)
        {
            Registration = found;
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

    public async Task<IActionResult> OnPostAnswerAsync()
    {
        if (string.IsNullOrWhiteSpace(Answer))
        {
            ModelState.AddModelError(nameof(Answer), words["Company.AnswerMissing"]);
            return Page();
        }

        return After(await answer.ExecuteAsync(Registration.Id, Answer, person.Session.AccountId, HttpContext.RequestAborted), "Company.Answered");
    }

    public async Task<IActionResult> OnPostWithdrawAsync() =>
        After(await answer.WithdrawAsync(Registration.Id, person.Session.AccountId, HttpContext.RequestAborted), "Company.Withdrawn");

    private IActionResult After(Outcome<EntityRegistration> outcome, string done)
    {
        if (outcome.Refusal is { } refusal)
        {
            ModelState.AddModelError("", words.Find($"Company.refusal.{refusal.Code}") ?? words["Company.refusal.other", refusal.Detail]);
            return Page();
        }

        Done = words[done];
        return RedirectToPage();
    }
}
