using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Mandates;

/// <summary>For whom the entity of the session acts, and who acts for it; and what was granted to the person.</summary>
public sealed class IndexModel(
    SignedInAccount person, Memberships memberships, MandateReader mandates, Database database, TimeProvider time, Wording words) : PageModel
{
    private const int MostShown = 50;

    [TempData]
    public string? Done { get; set; }

    public Membership? Entity { get; private set; }

    /// <summary>Whether the person is an administrator of the entity.</summary>
    public bool MayBind => Entity?.Rights.May(MemberPowers.Mandates) == true;

    public IReadOnlyList<ShownList> Lists { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        var cancelled = HttpContext.RequestAborted;
        Entity = await person.ActingForAsync(cancelled);
        if (Entity is null && (await memberships.OfAccountAsync(person.Session.AccountId, cancelled)).Count == 1)
        {
            // The choice of one chooses it, and comes back.
            return RedirectToPage("/ActFor", new { returnUrl = "/mandates" });
        }

        var own = await mandates.GrantedToPersonAsync(person.Session.AccountId, null, MostShown, cancelled);
        var held = Entity is null ? [] : await mandates.GrantedToAsync(Entity.Tin, null, MostShown, cancelled);
        var granted = Entity is null ? [] : await mandates.GrantedByAsync(Entity.Tin, null, MostShown, cancelled);
        var names = await MandateNames.ReadAsync(database, [.. own, .. held, .. granted], cancelled);
        var lists = new List<ShownList>();
        if (Entity is not null)
        {
            lists.Add(Shown(words["Mandates.Held", Entity.LegalName], words["Mandates.HeldNone"], held, isGranted: false));
            lists.Add(Shown(words["Mandates.Granted", Entity.LegalName], words["Mandates.GrantedNone"], granted, isGranted: true));
        }

        if (own.Count > 0 || Entity is null)
        {
            lists.Add(Shown(words["Mandates.Own"], words["Mandates.OwnNone"], own, isGranted: false));
        }

        Lists = lists;
        return Page();

        ShownList Shown(string heading, string whenEmpty, IReadOnlyList<MandateChain> chains, bool isGranted) => new(
            heading, whenEmpty, [.. chains.Select(chain => ShownMandate.Of(chain, isGranted, names, words, time.GetUtcNow()))], chains.Count == MostShown);
    }

    /// <summary>Some mandates under a heading.</summary>
    public sealed record ShownList(string Heading, string WhenEmpty, IReadOnlyList<ShownMandate> Items, bool HasMore);
}
