using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Registrars;

/// <summary>A document that a person showed for a registration, to be saved.</summary>
[RolesOnly(AccountRoles.Registrar)]
public sealed class DocumentModel(RegistrationDocuments documents) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string id, string document) => StrangersFile.Give(this, await documents.ReadAsync(id, document, HttpContext.RequestAborted));
}
