using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Audit;

/// <summary>The audit trail, the newest entry first, by subject, actor, act and day.</summary>
[RolesOnly(AccountRoles.Auditor)]
public sealed class IndexModel(AuditEntries entries, Wording words) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "subject")]
    public string? Subject { get; set; }

    [BindProperty(SupportsGet = true, Name = "actor")]
    public string? Actor { get; set; }

    [BindProperty(SupportsGet = true, Name = "act")]
    public string? Act { get; set; }

    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "until")]
    public string? Until { get; set; }

    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    /// <summary>Null: the question is wrong.</summary>
    public AuditPage? Entries { get; private set; }

    /// <summary>Something is asked for, or asked for wrongly.</summary>
    public bool IsFiltered => new[] { Subject, Actor, Act, From, Until }.Any(text => Given(text) is not null);

    public string? Next => Entries?.Next is { } before
        ? Url.Page("/Audit/Index", new { subject = Given(Subject), actor = Given(Actor), act = Given(Act), from = Given(From), until = Given(Until), before })
        : null;

    public async Task OnGetAsync()
    {
        foreach (var (name, day) in new[] { ("from", From), ("until", Until) })
        {
            if (Given(day) is not null && Days.Read(day) is null)
            {
                ModelState.AddModelError(name, words["Audit.DayWrong"]);
            }
        }

        if (!ModelState.IsValid)
        {
            return;
        }

        var filter = new AuditFilter(Given(Subject), Given(Actor), Given(Act), Days.Read(From), Days.Read(Until));
        if ((await entries.ListAsync(filter, Before, null, HttpContext.RequestAborted)).TryGet(out var page, out _))
        {
            Entries = page;
        }
        else
        {
            ModelState.AddModelError("", words["Audit.FilterWrong"]);
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
