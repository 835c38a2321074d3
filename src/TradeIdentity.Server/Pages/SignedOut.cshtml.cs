using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Server.OpenId.Logout;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>
/// After a sign-out: loads the pages of the clients that want to hear of it (OpenID Connect Front-Channel Logout 1.0 §3), and goes on
/// when they are loaded; without a script, when the person does.
/// </summary>
public sealed class SignedOutModel(TellByBrowser tell) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Ticket { get; set; }

    public IReadOnlyList<LogoutFrame> Frames { get; private set; } = [];

    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await tell.OpenAsync(Ticket, HttpContext.RequestAborted) is not { } notice)
        {
            return RedirectToPage("/SignOut");
        }

        Frames = notice.Frames;
        Next = ReturnAddress.IsSafe(notice.Next) ? notice.Next : null;
        return Page();
    }
}
