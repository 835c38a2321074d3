using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.YourAccount;

/// <summary>The person closes their account, and what is stored is erased after some days.</summary>
[RecentSignIn]
public sealed class CloseModel(SignedInAccount person, CloseAccount close, RetentionOptions retention, Wording words) : PageModel
{
    /// <summary>Until it is erased.</summary>
    public int Days => retention.ClosedAccountDays;

    public async Task<IActionResult> OnPostAsync()
    {
        if ((await close.ExecuteAsync(person.Session.AccountId, HttpContext.RequestAborted)).TryGet(out _, out var refusal))
        {
            return RedirectToPage("/SignedOut");
        }

        ModelState.AddModelError("", words[$"OwnData.refusal.{refusal.Code}"]);
        return Page();
    }
}
