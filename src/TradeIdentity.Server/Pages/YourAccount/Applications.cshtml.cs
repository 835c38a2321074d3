using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.OpenId.Authorization;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.YourAccount;

/// <summary>What one allowed whom; withdrawn here.</summary>
public sealed class ApplicationsModel(SignedInAccount person, Consents consents, WithdrawConsent withdraw, AccountTokens tokens, Memberships memberships, Wording words) : PageModel
{
    [BindProperty]
    public string? Id { get; set; }

    [TempData]
    public string? Done { get; set; }

    public IReadOnlyList<ShownConsent> Consents { get; private set; } = [];

    /// <summary>Who goes on while the person is away.</summary>
    public IReadOnlyList<ShownToken> Away { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var names = (await memberships.OfAccountAsync(person.Session.AccountId, HttpContext.RequestAborted)).ToDictionary(membership => membership.Tin.Value, membership => membership.LegalName);
        var allowed = await consents.ListAsync(person.Session.AccountId, HttpContext.RequestAborted);
        Consents = [.. allowed.Select(consent => new ShownConsent(
            consent.Id,
            consent.ClientName ?? consent.ClientId,
            consent.Organization is { } tin ? names.GetValueOrDefault(tin, tin) : null,
            Text(consent.AllowedAt),
            Lines(consent)))];
        Away = [.. (await tokens.ListAsync(person.Session.AccountId, HttpContext.RequestAborted)).Where(token => token.IsRefresh).Select(token => new ShownToken(
            token.Id, token.ClientName ?? token.ClientId, Text(token.IssuedAt), Text(token.ExpiresAt)))];
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

    public async Task<IActionResult> OnPostEndAsync()
    {
        var account = person.Session.AccountId;
        if (Id is { Length: > 0 and <= 64 } && await tokens.EndAsync(account, Id, account, HttpContext.RequestAborted))
        {
            Done = words["Applications.AwayEnded"];
        }

        return RedirectToPage();
    }

    private static string Text(DateTimeOffset day) => WrittenDay.Of(day, CultureInfo.CurrentCulture);

    private string[] Lines(Consent consent)
    {
        var (about, entity, access) = SharedFacts.Sort(consent.Scopes, consent.Claims);
        return [.. about.Concat(entity).Select(claim => SharedFacts.OfClaim(claim, words)), .. access.Select(scope => SharedFacts.OfScope(scope, words))];
    }

    /// <summary>A refresh token as the person sees it.</summary>
    public sealed record ShownToken(string Id, string Name, string IssuedOn, string ExpiresOn);

    /// <summary>A consent as its giver sees it.</summary>
    public sealed record ShownConsent(string Id, string Name, string? Entity, string AllowedOn, IReadOnlyList<string> Lines);
}
