using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Successions;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Successions;

/// <summary>Successions that were proposed, the newest first.</summary>
[RolesOnly(AccountRoles.Registrar, AccountRoles.Approver)]
public sealed class IndexModel(SignedInAccount person, SuccessionProposals proposals) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    public bool MayPropose { get; private set; }

    public IReadOnlyList<SuccessionProposal> Proposals { get; private set; } = [];

    public string? Next => Proposals.Count == PageLimit.Usual ? Proposals[^1].Id : null;

    public async Task OnGetAsync()
    {
        MayPropose = await person.HasRoleAsync(AccountRoles.Registrar);
        Proposals = await proposals.ListAsync(onlyOpen: false, Cursor, PageLimit.Usual, HttpContext.RequestAborted);
    }
}
