using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Server.OpenId.Logout;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>Asks before it signs out, since a link or picture elsewhere can lead here (OpenID Connect RP-Initiated Logout §6).</summary>
public sealed class SignOutModel(SignInManager<Account> signIn, CurrentSession current, Asker asker, TellByBrowser tell) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public bool IsDone => current.Session is null;

    public Task OnGetAsync() => asker.AllowAfterSignOutAsync(ReturnUrl, HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostAsync()
    {
        var sid = current.Session?.Sid ?? "";
        var clients = await tell.WhoAsync(sid, HttpContext.RequestAborted);
        await signIn.SignOutAsync();
        var next = ReturnAddress.IsSafe(ReturnUrl) ? ReturnUrl : null;
        return tell.PageFor(sid, clients, next) is { } page ? LocalRedirect(page) : next is not null ? LocalRedirect(next) : RedirectToPage();
    }
}
