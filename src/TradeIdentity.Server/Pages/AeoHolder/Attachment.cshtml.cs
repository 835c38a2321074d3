using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Aeo.Attachments;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>A document of the entity that one acts for, to be saved.</summary>
public sealed class AttachmentModel(SignedInAccount person, Attachments attachments) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string id) => await person.ActingForAsync(HttpContext.RequestAborted) is { } entity
        ? StrangersFile.Give(this, await attachments.ReadAsync(entity.Tin, id, HttpContext.RequestAborted))
        : NotFound();
}
