using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Audit;

/// <summary>Recomputes the chain, a part for each request, and says whether it holds.</summary>
[RolesOnly(AccountRoles.Auditor)]
public sealed class CheckModel(Database database, AuditEntries entries, TimeProvider time) : PageModel
{
    /// <summary>Entries of a part: about a second.</summary>
    private const int Part = 100_000;

    /// <summary>The number of the entry up to which the chain holds.</summary>
    [BindProperty]
    public long Checked { get; set; }

    /// <summary>Of that entry.</summary>
    [BindProperty]
    public string? Hash { get; set; }

    public long Newest { get; private set; }

    public bool IsEnd { get; private set; }

    public long? BrokenAt { get; private set; }

    public string? Fault { get; private set; }

    public DateTimeOffset At { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid || (Hash is not null && AuditHead.Read(Checked, Hash) is null))
        {
            return BadRequest();
        }

        var cancelled = HttpContext.RequestAborted;
        Newest = await entries.NewestAsync(cancelled);
        At = time.GetUtcNow();
        switch (await AuditTrail.VerifyPartAsync(database, Hash is null ? null : AuditHead.Read(Checked, Hash), Part, cancelled))
        {
            case AuditVerification.Broken broken:
                (BrokenAt, Fault) = (broken.Sequence, JsonNamingPolicy.CamelCase.ConvertName(broken.Fault.ToString()));
                break;
            case AuditVerification.Intact intact:
                // What the form holds is of before.
                ModelState.Clear();
                (Checked, Hash, IsEnd) = (intact.Head.Sequence, intact.Head.Hash, intact.Head.Sequence >= Newest);
                break;
        }

        return Page();
    }
}
