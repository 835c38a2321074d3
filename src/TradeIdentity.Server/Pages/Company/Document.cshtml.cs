using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>A document of a registration of the person, to be saved.</summary>
public sealed class DocumentModel(SignedInAccount person, EntityRegistrations registrations, RegistrationDocuments documents) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string id, string document) =>
        await registrations.FindAsync(id, HttpContext.RequestAborted) is { } own && own.AccountId == person.Session.AccountId
            ? StrangersFile.Give(this, await documents.ReadAsync(id, document, HttpContext.RequestAborted))
            : NotFound();
}
