using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Notices;

/// <summary>What the person was told, themselves and for the entity of the session, newest first.</summary>
public sealed class IndexModel(SignedInAccount person, NoticeReader reader, MarkNoticesSeen seen, Wording words) : PageModel
{
    private const int OnPage = 20;

    [TempData]
    public string? Done { get; set; }

    /// <summary>Id of the last notice of the page before.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public string? Before { get; set; }

    public IReadOnlyList<Notice> Items { get; private set; } = [];

    public int New => Items.Count(notice => notice.IsNew);

    /// <summary>Leads to the next page; null: this is the last.</summary>
    public string? Next { get; private set; }

    /// <summary>Administrators have them sent to systems of the entity.</summary>
    public bool MayHaveSent { get; private set; }

    public CultureInfo Culture => CultureInfo.CurrentUICulture;

    /// <summary>Where what a notice is about can be seen; null: in no page.</summary>
    public static string? AddressOf(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Kind.StartsWith("mandate-", StringComparison.Ordinal) ? $"/mandates/{notice.About}"
            : notice.Kind.StartsWith("credential-", StringComparison.Ordinal) ? $"/credentials/{notice.About}"
            : notice.Kind.StartsWith("webhook-", StringComparison.Ordinal) ? $"/webhooks/{notice.About}"
            : null;
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (Before is not null && !Guid.TryParseExact(Before, "N", out _))
        {
            return NotFound();
        }

        // One more than is shown tells whether another page follows.
        var entity = await person.ActingForAsync(HttpContext.RequestAborted);
        MayHaveSent = entity?.Roles.Contains(MembershipRoles.Administrator) == true;
        var found = await reader.PageAsync(
            person.Session.AccountId, entity?.Tin, Before, OnPage + 1, HttpContext.RequestAborted);
        Items = [.. found.Take(OnPage)];
        Next = found.Count > OnPage ? Items[^1].Id : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? until)
    {
        var entity = (await person.ActingForAsync(HttpContext.RequestAborted))?.Tin;
        var outcome = await seen.ExecuteAsync(person.Session.AccountId, entity, until ?? "", HttpContext.RequestAborted);
        // A notice of another, or of an entity that was changed for another meanwhile, marks nothing.
        Done = outcome.Refusal is null ? words["Notices.SeenDone"] : null;
        return RedirectToPage();
    }
}
