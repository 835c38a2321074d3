using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Credentials;

/// <summary>The credentials of the entity that one acts for, newest first.</summary>
public sealed class IndexModel(
    SignedInAccount person,
    Memberships memberships,
    CredentialStore store,
    GetOperator operators,
    CompareAeoCredentials compare,
    ProgrammeCatalogue programmes,
    TimeProvider time,
    Wording words) : PageModel
{
    private const int PageSize = 20;

    [TempData]
    public string? Done { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Type { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    /// <summary>The last of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    public Membership? Entity { get; private set; }

    public bool MayObtain => OwnCredentials.MayObtain(Entity);

    public IReadOnlyList<ShownCredential> Items { get; private set; } = [];

    /// <summary>Of all pages.</summary>
    public int Total { get; private set; }

    public bool IsFiltered => Filter != CredentialFilter.None;

    public string? Next { get; private set; }

    /// <summary>The register says something else of AEO status than any valid credential.</summary>
    public bool NeedsReissue { get; private set; }

    public static IReadOnlyList<string> States => CredentialStates.All;

    public IEnumerable<(string Code, string Name)> Types => CredentialTypeCatalogue.Entries.Select(entry => (entry.Name, ShownCredential.NameOf(entry.Code, words)));

    // What is not of the choices asks for everything: a link of somewhere else shows the list.
    private CredentialFilter Filter => new(CredentialTypeCatalogue.TryFind(Type ?? "", out var code) ? code : null, CredentialStates.Find(State));

    public async Task<IActionResult> OnGetAsync()
    {
        var cancelled = HttpContext.RequestAborted;
        Entity = await person.ActingForAsync(cancelled);
        if (Entity is null)
        {
            // The choice of one chooses it, and comes back.
            return (await memberships.OfAccountAsync(person.Session.AccountId, cancelled)).Count == 1
                ? RedirectToPage("/ActFor", new { returnUrl = "/credentials" })
                : Page();
        }

        var now = time.GetUtcNow();
        CredentialId? before = CredentialId.TryParse(Before, out var last) ? last : null;
        var (page, total) = await store.PageAsync(Entity.Tin, Filter, before, PageSize + 1, now, cancelled);
        Items = [.. page.Take(PageSize).Select(credential => ShownCredential.Of(credential, programmes, words, now))];
        Total = total;
        Next = page.Count > PageSize ? Items[^1].Id : null;
        if ((await operators.ExecuteAsync(Entity.Tin, cancelled)).TryGet(out var found, out _))
        {
            NeedsReissue = (await compare.ExecuteAsync(found, cancelled)).NeedsReissue;
        }

        return Page();
    }
}
