using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>The legal entity that the person acts for in this session, chosen among those that they may act for.</summary>
[Authorize(Policy = SitePolicy.SignedIn)]
public sealed class ActForModel(CurrentSession current, Memberships memberships, ChooseOperator choose, UserManager<Account> accounts, Asker asker, Wording words) : PageModel
{
    // A list that fits a screen or two; beyond it a search is quicker.
    private const int MostShown = 20;
    private const int FewestToSearch = 8;
    private const int LongestQuery = 100;

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty]
    public string? Organization { get; set; }

    public string? ClientName { get; private set; }

    public string Email { get; private set; } = "";

    public int Total { get; private set; }

    public IReadOnlyList<Membership> Shown { get; private set; } = [];

    public bool HasMore { get; private set; }

    public bool CanSearch => Total >= FewestToSearch;

    public Tin? Current => current.Session!.ActingFor;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ClientName = (await asker.FindAsync(ReturnUrl, HttpContext.RequestAborted))?.Name;
        await next();
    }

    /// <param name="ask">The person wants to see the choice, even where there is but one.</param>
    public async Task<IActionResult> OnGetAsync(bool ask)
    {
        var all = await LoadAsync();
        if (!ask && all.Count == 1 && ReturnAddress.IsSafe(ReturnUrl) && await TryChooseAsync(all[0].Tin))
        {
            return LocalRedirect(ReturnUrl);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Tin.TryParse(Organization, out var tin))
        {
            ModelState.AddModelError(nameof(Organization), words["ActFor.Missing"]);
        }
        else if (await TryChooseAsync(tin))
        {
            return LocalRedirect(ReturnAddress.Safe(ReturnUrl));
        }
        else
        {
            ModelState.AddModelError(nameof(Organization), words["ActFor.Gone"]);
        }

        await LoadAsync();
        return Page();
    }

    private async Task<bool> TryChooseAsync(Tin tin) => (await choose.ExecuteAsync(current.Session!, tin, HttpContext.RequestAborted)).Match(
        chosen =>
        {
            current.Session = chosen;
            return true;
        },
        _ => false);

    private async Task<IReadOnlyList<Membership>> LoadAsync()
    {
        var all = await memberships.OfAccountAsync(current.AccountId!, HttpContext.RequestAborted);
        var query = Query is { Length: <= LongestQuery } ? Query.Trim() : "";
        var found = all.Where(membership =>
            membership.LegalName.Contains(query, StringComparison.CurrentCultureIgnoreCase)
            || membership.Tin.Value.Contains(query.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)).ToArray();
        Total = all.Count;
        Shown = found.Length > MostShown ? found[..MostShown] : found;
        HasMore = found.Length > MostShown;
        Email = (await accounts.FindByIdAsync(current.AccountId!))?.Email ?? "";
        return all;
    }
}
