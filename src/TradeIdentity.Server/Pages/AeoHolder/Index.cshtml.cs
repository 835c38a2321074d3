using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>Every component of the entity that one acts for: where it stands, what happens next, and how it came so.</summary>
public sealed class IndexModel(SignedInAccount person, Memberships memberships, OwnAeo own) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    public Membership? Entity { get; private set; }

    public IReadOnlyList<ShownComponent> Components { get; private set; } = [];

    public bool MayApply => Components.Any(component => component.Acts.Contains(AeoAct.Open));

    public async Task<IActionResult> OnGetAsync()
    {
        Entity = await person.ActingForAsync(HttpContext.RequestAborted);
        if (Entity is null)
        {
            // The choice of one chooses it, and comes back.
            return (await memberships.OfAccountAsync(person.Session.AccountId, HttpContext.RequestAborted)).Count == 1
                ? RedirectToPage("/ActFor", new { returnUrl = "/aeo" })
                : Page();
        }

        Components = await own.ReadAsync(Entity.Tin, HttpContext.RequestAborted);
        return Page();
    }
}
