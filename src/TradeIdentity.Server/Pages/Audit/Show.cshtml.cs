using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Audit;

/// <summary>One entry of the audit trail.</summary>
[RolesOnly(AccountRoles.Auditor)]
public sealed class ShowModel(AuditEntries entries, SignedInOfficer officer) : PageModel
{
    public ReadAuditEntry Entry { get; private set; } = null!;

    /// <summary>Null: the actor is shown by the id alone.</summary>
    public string? ActorName { get; private set; }

    public bool IsNewest { get; private set; }

    public async Task<IActionResult> OnGetAsync(long sequence)
    {
        if (await entries.FindAsync(sequence, HttpContext.RequestAborted) is not { } found)
        {
            return NotFound();
        }

        Entry = found;
        IsNewest = await entries.NewestAsync(HttpContext.RequestAborted) == sequence;
        ActorName = await officer.NameAsync(found.Actor) is var name && name != found.Actor ? name : null;
        return Page();
    }
}
