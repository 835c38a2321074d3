using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Companies.Representatives;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>The way of the link in an invitation's mail: what one may do for the company, and yes or no. A wrong secret shows nothing.</summary>
[Authorize(Policy = SitePolicy.SignedIn)]
public sealed class InvitationModel(SignedInAccount person, Invitations invitations, AnswerInvitation answer, ChooseOperator choose, CurrentSession current, Wording words) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    public Invitation? Invitation { get; private set; }

    /// <summary>The person is signed in with another address than the invited one.</summary>
    public bool IsOthers { get; private set; }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAcceptAsync()
    {
        var outcome = await answer.AcceptAsync(Token ?? "", person.Session.AccountId, HttpContext.RequestAborted);
        if (outcome.TryGet(out var accepted, out var refusal))
        {
            // What begins later is not chosen yet.
            if ((await choose.ExecuteAsync(current.Session!, accepted.Tin, HttpContext.RequestAborted)).TryGet(out var chosen, out _))
            {
                current.Session = chosen;
            }

            TempData["Done"] = words["Representatives.Accepted", accepted.LegalName];
            return RedirectToPage("/Company/Index");
        }

        return await RefusedAsync(refusal.Code, refusal.Detail);
    }

    public async Task<IActionResult> OnPostDeclineAsync()
    {
        var outcome = await answer.DeclineAsync(Token ?? "", person.Session.AccountId, HttpContext.RequestAborted);
        if (outcome.TryGet(out var declined, out var refusal))
        {
            TempData["Done"] = words["Representatives.Declined", declined.LegalName];
            return RedirectToPage("/Company/Index");
        }

        return await RefusedAsync(refusal.Code, refusal.Detail);
    }

    private async Task<IActionResult> RefusedAsync(string code, string detail)
    {
        ModelState.AddModelError("", words.Find($"Representatives.refusal.{code}") ?? words["Representatives.refusal.other", detail]);
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        var found = Token is { Length: > 0 and <= 64 } ? await invitations.OfTokenAsync(Token, HttpContext.RequestAborted) : null;
        var account = await person.RequireAsync();
        IsOthers = found is not null && (!account.EmailConfirmed || !string.Equals(found.Email, account.Email, StringComparison.OrdinalIgnoreCase));
        Invitation = IsOthers ? null : found;
    }
}
