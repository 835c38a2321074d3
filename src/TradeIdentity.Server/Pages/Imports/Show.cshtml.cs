using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Imports;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Imports;

/// <summary>How far an import is, and what became of each line; first those that were rejected.</summary>
[RolesOnly(AccountRoles.Registrar)]
public sealed class ShowModel(SignedInOfficer officer, RegisterImports imports) : PageModel
{
    private const int PageSize = 100;

    [BindProperty(SupportsGet = true, Name = "all")]
    public bool All { get; set; }

    [BindProperty(SupportsGet = true, Name = "after")]
    public long After { get; set; }

    public RegisterImport Import { get; private set; } = null!;

    public string StartedBy { get; private set; } = "";

    public IReadOnlyList<ImportResult> Lines { get; private set; } = [];

    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (id.Length != 32 || !ModelState.IsValid || await imports.FindAsync(id, HttpContext.RequestAborted) is not { } found)
        {
            return NotFound();
        }

        Import = found;
        StartedBy = await officer.NameAsync(found.StartedBy);
        var lines = await imports.LinesAsync(id, !All, After, PageSize + 1, HttpContext.RequestAborted);
        Lines = [.. lines.Take(PageSize)];
        Next = lines.Count > PageSize ? Url.Page("/Imports/Show", new { id, all = All ? "true" : null, after = Lines[^1].Line }) : null;
        return Page();
    }
}
