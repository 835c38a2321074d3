using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Pages.Credentials;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Operators;

/// <summary>An operator as the register holds it, who could be taken for it, and its newest credentials.</summary>
[RolesOnly]
public sealed class ShowModel(
    SignedInAccount person, SignedInOfficer officer, GetOperator get, FindLookalikes lookalikes, CredentialStore credentials, ProgrammeCatalogue programmes, TimeProvider time, Wording words) : PageModel
{
    public Operator Operator { get; private set; } = null!;

    public IReadOnlyList<Lookalike> Lookalikes { get; private set; } = [];

    public IReadOnlyList<ShownCredential> Credentials { get; private set; } = [];

    /// <summary>Where this officer can do something for it.</summary>
    public IReadOnlyList<(string Link, string Text)> Links { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string tin)
    {
        var cancelled = HttpContext.RequestAborted;
        if (!GivenTin.Read(tin).TryGet(out var parsed, out _) || !(await get.ExecuteAsync(parsed, cancelled)).TryGet(out var found, out _))
        {
            return NotFound();
        }

        Operator = found;
        Lookalikes = await lookalikes.OfAsync(found, cancelled);
        var now = time.GetUtcNow();
        Credentials = [.. (await credentials.ListAsync(parsed.Value, cancelled)).Select(credential => ShownCredential.Of(credential, programmes, words, now))];
        var links = new List<(string, string)>();
        if (await officer.FindAsync(cancelled) is not null)
        {
            links.Add(($"/officer/operators/{parsed.Value}/aeo", words["Officer.CaseTitle", found.LegalName]));
        }

        if (await person.HasRoleAsync(AccountRoles.Auditor))
        {
            links.Add(($"/officer/audit?subject=operator%3A{parsed.Value}", words["Audit.Title"]));
        }

        Links = links;
        return Page();
    }
}
