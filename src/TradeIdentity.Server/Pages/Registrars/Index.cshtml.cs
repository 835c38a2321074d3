using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Changes;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Registrars;

/// <summary>What waits for a registrar: entities to be registered, and people to be let into registered ones.</summary>
[RolesOnly(AccountRoles.Registrar)]
public sealed class IndexModel(EntityRegistrations registrations, EntityChanges changes, TimeProvider time) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    public IReadOnlyList<EntityRegistration> Registrations { get; private set; } = [];

    public string? Next { get; private set; }

    /// <summary>The oldest that wait.</summary>
    public IReadOnlyList<EntityChange> Changes { get; private set; } = [];

    public int AgeOf(EntityRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        return (int)(time.GetUtcNow() - registration.SubmittedAt).TotalDays;
    }

    public async Task OnGetAsync()
    {
        Registrations = await registrations.WorkListAsync(Cursor, PageLimit.Usual, HttpContext.RequestAborted);
        Changes = await changes.WorkListAsync(null, PageLimit.Usual, HttpContext.RequestAborted);
        Next = Registrations.Count == PageLimit.Usual ? Registrations[^1].Id : null;
    }
}
