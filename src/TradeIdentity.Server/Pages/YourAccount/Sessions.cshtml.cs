using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.YourAccount;

/// <summary>Where one is signed in; ends one session, or all.</summary>
public sealed class SessionsModel(
    SignedInAccount person, Sessions sessions, EndSession end, SignOutEverywhere everywhere, SignInManager<Account> signIn, Wording words) : PageModel
{
    [BindProperty]
    public string? Sid { get; set; }

    [TempData]
    public string? Done { get; set; }

    public IReadOnlyList<ShownSession> Sessions { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var current = person.Session;
        var open = await sessions.OfAccountAsync(current.AccountId, HttpContext.RequestAborted);
        Sessions = [.. open.OrderByDescending(session => session.Sid == current.Sid).Select(session => new ShownSession(
            session.Sid, Device(session.UserAgent), session.Sid == current.Sid, Text(session.CreatedAt), Text(session.LastSeenAt)))];
    }

    public async Task<IActionResult> OnPostEndAsync()
    {
        var account = person.Session.AccountId;
        await end.ExecuteAsync(account, Sid ?? "", SessionEnd.Reasons.EndedByOwner, account, HttpContext.RequestAborted);
        Done = words["Sessions.Ended"];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        var account = person.Session.AccountId;
        await everywhere.ExecuteAsync(account, account, HttpContext.RequestAborted);
        await signIn.SignOutAsync();
        return RedirectToPage("/SignOut");
    }

    private static string Text(DateTimeOffset time) => WrittenDay.WithTime(time, CultureInfo.CurrentCulture);

    // "Firefox on Linux", as it was noted at the sign-in.
    private string Device(string noted) => noted.Split(" on ", 2) switch
    {
        [var browser, var system] => words["Sessions.On", browser, system],
        [{ Length: > 0 } other] => other,
        _ => words["Sessions.Unknown"],
    };

    /// <summary>A session as its owner sees it.</summary>
    public sealed record ShownSession(string Sid, string Device, bool IsThis, string Started, string LastSeen);
}
