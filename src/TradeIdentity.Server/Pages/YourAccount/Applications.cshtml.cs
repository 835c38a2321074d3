using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.OpenId.Authorization;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.YourAccount;

/// <summary>What one allowed whom; withdrawn here.</summary>
public sealed class ApplicationsModel(SignedInAccount person, Consents consents, WithdrawConsent withdraw, Memberships memberships, Wording words) : PageModel
{
    [BindProperty]
    public string? Id { get; set; }

    [TempData]
    public string? Done { get; set; }

    public IReadOnlyList<ShownConsent> Consents { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var names = (await memberships.OfAccountAsync(person.Session.AccountId, HttpContext.RequestAborted)).ToDictionary(membership => membership.Tin.Value, membership => membership.LegalName);
        var allowed = await consents.ListAsync(person.Session.AccountId, HttpContext.RequestAborted);
        Consents = [.. allowed.Select(consent => new ShownConsent(
            consent.Id,
            consent.ClientName ?? consent.ClientId,
            consent.Organization is { } tin ? names.GetValueOrDefault(tin, tin) : null,
            consent.AllowedAt.ToString("d MMMM yyyy", CultureInfo.CurrentCulture),
            Lines(consent)))];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var account = person.Session.AccountId;
        if (Id is { Length: > 0 and <= 64 } && await withdraw.ExecuteAsync(account, Id, account, HttpContext.RequestAborted))
        {
            Done = words["Applications.Withdrawn"];
        }

        return RedirectToPage();
    }

    private string[] Lines(Consent consent)
    {
        var (about, entity, access) = SharedFacts.Sort(consent.Scopes, consent.Claims);
        return [.. about.Concat(entity).Select(claim => SharedFacts.OfClaim(claim, words)), .. access.Select(scope => SharedFacts.OfScope(scope, words))];
    }

    /// <summary>A consent as its giver sees it.</summary>
    public sealed record ShownConsent(string Id, string Name, string? Entity, string AllowedOn, IReadOnlyList<string> Lines);
}
