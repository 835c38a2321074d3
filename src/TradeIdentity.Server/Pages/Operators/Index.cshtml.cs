using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Operators;

/// <summary>The register, searched by any number or name; all of it where nothing is asked for.</summary>
[RolesOnly]
public sealed class IndexModel(SignedInAccount person, FindOperators find, Wording words) : PageModel
{
    private const int PageSize = 20;

    [BindProperty(SupportsGet = true, Name = "query")]
    public string? Query { get; set; }

    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    /// <summary>Null: the query was refused.</summary>
    public OperatorPage? Found { get; private set; }

    public bool IsSearch => !string.IsNullOrWhiteSpace(Query);

    public string? Next => Found?.NextCursor is { } cursor ? Url.Page("/Operators/Index", new { query = Query, cursor }) : null;

    public bool MayImport { get; private set; }

    public async Task OnGetAsync()
    {
        MayImport = await person.HasRoleAsync(AccountRoles.Registrar);
        if ((await find.ExecuteAsync(Query, Cursor, PageSize, HttpContext.RequestAborted)).TryGet(out var page, out var refusal))
        {
            Found = page;
            return;
        }

        ModelState.AddModelError(refusal.Code == "query_invalid" ? "query" : "", words[refusal.Code == "query_invalid" ? "Operators.QueryWrong" : "Operators.PageWrong"]);
    }
}
