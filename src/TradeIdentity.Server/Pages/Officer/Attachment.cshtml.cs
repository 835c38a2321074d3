using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Aeo.Attachments;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Officer;

/// <summary>A document of an applicant, to be saved.</summary>
public sealed class AttachmentModel(Attachments attachments) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string tin, string id) => GivenTin.Read(tin).TryGet(out var parsed, out _)
        ? StrangersFile.Give(this, await attachments.ReadAsync(parsed, id, HttpContext.RequestAborted))
        : NotFound();
}
