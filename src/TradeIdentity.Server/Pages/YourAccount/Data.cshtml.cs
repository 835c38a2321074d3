using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.YourAccount;

/// <summary>All that is stored about the person, for them to keep.</summary>
[RecentSignIn]
public sealed class DataModel(SignedInAccount person, ExportPersonalData export) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        var account = person.Session.AccountId;
        Response.ContentType = "application/json";
        Response.Headers.ContentDisposition = "attachment; filename=\"tradeidentity-data.json\"";
        Response.Headers.CacheControl = "no-store";
        await export.ExecuteAsync(account, account, Response.Body, HttpContext.RequestAborted);
        return new EmptyResult();
    }
}
