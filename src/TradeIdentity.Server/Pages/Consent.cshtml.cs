using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.IdentityProofs;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId.Authorization;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>Who asks, for which legal entity, and what goes to them, before anything does.</summary>
[Authorize(Policy = SitePolicy.SignedIn)]
public sealed class ConsentModel(
    SignedInAccount person,
    Interactions interactions,
    Asker asker,
    Memberships memberships,
    GetOperator operators,
    FindIdentityProof findProof,
    TimeProvider time,
    Wording words) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    /// <summary>The request is over, or never was.</summary>
    public bool IsGone { get; private set; } = true;

    public string ClientName { get; private set; } = "";

    public string ClientAddress { get; private set; } = "";

    /// <summary>Its page of how it uses what it is told (OpenID Connect Dynamic Client Registration §2), and its terms.</summary>
    public (Uri? Policy, Uri? Terms) ClientPages { get; private set; }

    /// <summary>What the person's device shows, to compare; null where a browser asks.</summary>
    public string? UserCode { get; private set; }

    public Operator? Entity { get; private set; }

    public bool CanChangeEntity { get; private set; }

    public IReadOnlyList<(string Heading, IReadOnlyList<Line> Lines)> Parts { get; private set; } = [];

    public async Task OnGetAsync()
    {
        if (!ReturnAddress.IsSafe(ReturnUrl) || !interactions.TryRead(ReturnUrl, out var asked)
            || await asker.FindAsync(ReturnUrl, HttpContext.RequestAborted) is not { } client)
        {
            return;
        }

        IsGone = false;
        ClientName = client.Name;
        ClientPages = (client.Policy, client.Terms);
        UserCode = asked.UserCode;
        ClientAddress = words.List(client.RedirectUris.Select(Host).Distinct());
        var account = await person.RequireAsync();
        var held = await memberships.OfAccountAsync(account.Id, HttpContext.RequestAborted);
        // Only an entity that the person acts for is named to them.
        if (Tin.TryParse(asked.Organization, out var tin) && held.Any(membership => membership.Tin == tin))
        {
            Entity = (await operators.ExecuteAsync(tin, HttpContext.RequestAborted)).Match<Operator?>(found => found, _ => null);
            CanChangeEntity = !asked.OrganizationIsGiven && held.Count > 1;
        }

        var (about, entity, access) = SharedFacts.Sort(asked.Scopes, asked.Claims);
        var proof = about.Contains(SharedFacts.VerifiedPerson) ? await findProof.ExecuteAsync(account.Id, HttpContext.RequestAborted) : null;
        var parts = new List<(string, IReadOnlyList<Line>)>
        {
            (words["Consent.Person"], [.. about.Select(claim => new Line(SharedFacts.OfClaim(claim, words), ValueOf(claim, account, proof)))]),
            (words["Consent.Entity"], Entity is null ? [] : [.. entity.Select(claim => new Line(SharedFacts.OfClaim(claim, words), ValueOf(claim, Entity, held.First(membership => membership.Tin == Entity.Tin))))]),
            (words["Consent.Access"], [.. access.Select(scope => new Line(SharedFacts.OfScope(scope, words), null))]),
        };
        Parts = [.. parts.Where(part => part.Item2.Count > 0)];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Answer is not ("allow" or "refuse") || !ReturnAddress.IsSafe(ReturnUrl) || !interactions.TryRead(ReturnUrl, out _))
        {
            await OnGetAsync();
            return Page();
        }

        return LocalRedirect(interactions.Answer(ReturnUrl, Answer == "allow" ? InteractionAnswer.Allowed : InteractionAnswer.Refused, person.Session.Sid));
    }

    private string? ValueOf(string claim, Account account, IdentityProof? proof) => claim switch
    {
        SharedFacts.VerifiedPerson => proof?.HoldsAt(time.GetUtcNow()) == true
            ? $"{new PersonName(proof.GivenName, proof.FamilyName)} · {words[$"Consent.evidence.{proof.EvidenceType}"]} · {proof.EvidenceSource}"
            : words["Consent.NotConfirmed"],
        "name" => account.Name.ToString(),
        "given_name" => account.Name.Given,
        "family_name" => account.Name.Family,
        "email" => account.Email,
        _ => null,
    };

    private string? ValueOf(string claim, Operator entity, Membership membership) => claim switch
    {
        "organization" => string.Join(" · ", entity.Identifiers.Select(identifier => $"{identifier.Scheme.Code.ToUpperInvariant()} {identifier.Value}").Prepend(entity.LegalName)),
        "roles" => words.List(membership.Roles.Select(role => words.Find($"ActFor.role.{role}") ?? role)),
        "aeo" => entity.Aeo.Count == 0 ? words["Consent.None"] : string.Join(" · ", entity.Aeo.Select(component =>
            $"{component.Component} {words[component.IsGrantedOn(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)) ? "Consent.AeoInForce" : "Consent.AeoNotInForce"]}")),
        _ => null,
    };

    private static string Host(string redirectUri) =>
        Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") ? uri.Authority : redirectUri;

    /// <summary>One fact or right, and what it is at present where that can be shown.</summary>
    public sealed record Line(string Label, string? Value);
}
