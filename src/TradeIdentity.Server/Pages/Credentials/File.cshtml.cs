using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Cards;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;

namespace TradeIdentity.Server.Pages.Credentials;

/// <summary>A credential as a file: its QR code as PNG and SVG, and the card as PDF.</summary>
public sealed class FileModel(OwnCredentials own, PrintCard print) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string id, string file)
    {
        if (await own.FindAsync(id, HttpContext.RequestAborted) is not var (_, credential))
        {
            return NotFound();
        }

        return file switch
        {
            "qr.png" => File(QrImage.Png(credential), "image/png", Name(credential, "png")),
            "qr.svg" => File(Encoding.UTF8.GetBytes(QrImage.Svg(credential)), "image/svg+xml", Name(credential, "svg")),
            "card.pdf" => Card(credential),
            _ => NotFound(),
        };
    }

    private IActionResult Card(IssuedCredential credential)
    {
        if (print.Execute(credential).TryGet(out var pdf, out var refusal))
        {
            return File(pdf, "application/pdf", Name(credential, "pdf"));
        }

        TempData[nameof(ShowModel.Fault)] = own.Say(refusal);
        return RedirectToPage("/Credentials/Show", new { id = credential.Id.ToString() });
    }

    // Of codes alone: a name of people in a header would have to be encoded.
    private static string Name(IssuedCredential credential, string extension) => $"{CredentialTypeCatalogue.Name(credential.Type)}-{credential.Tin}.{extension}";
}
