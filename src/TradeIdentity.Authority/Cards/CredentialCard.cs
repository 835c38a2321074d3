using SkiaSharp;

namespace TradeIdentity.Authority.Cards;

/// <summary>
/// A credential as a PDF to print: one A4 page, with a card of the size of a bank card to cut out. Text stays text (to search and copy), the QR code is vector.
/// The same content gives the same bytes.
/// </summary>
public static class CredentialCard
{
    /// <summary>ISO/IEC 18004, version 40 at M: no more alphanumeric characters fit a QR code.</summary>
    private const int MaxQrText = 3391;

    public static Outcome<byte[]> ToPdf(CardContent content)
    {
        if (!CardFonts.Load().TryGet(out var fonts, out var refusal))
        {
            return refusal;
        }

        if (content.QrText.Length > MaxQrText)
        {
            return new Refusal("qr_text_too_long", "The credential is too long for a QR code.");
        }

        var wording = new CardWording(DrawableContent.Of(content, fonts));
        if (wording.Texts().FirstOrDefault(text => ShapedLine.FirstUncovered(text, fonts.Regular) is not null) is not null)
        {
            return new Refusal("card_script_unsupported", "The authority's name or a code on the card is in a script that its fonts do not have. The QR code is there as PNG and SVG.");
        }

        return Render(content, wording, fonts);
    }

    private static byte[] Render(CardContent content, CardWording wording, CardFonts fonts)
    {
        using var pdf = new MemoryStream();
        var issued = content.Credential.IssuedAt.UtcDateTime;
        var about = new SKDocumentPdfMetadata
        {
            Title = $"{wording.TypeName}: {CardWording.Clean(content.Credential.LegalName)}",
            Author = wording.IssuerName,
            Creator = "TradeIdentity",
            // The moment of issue, not of printing: a card that is printed twice is the same file.
            Creation = issued,
            Modified = issued,
        };
        using (var document = SKDocument.CreatePdf(pdf, about))
        using (var code = new CardQr(content.QrText))
        {
            using var canvas = document.BeginPage(CardSheet.Width, CardSheet.Height);
            using var pen = new CardPen(canvas);
            new CardSheet(wording, new Typesetter(fonts), code).Draw(pen);
            document.EndPage();
            document.Close();
        }

        return pdf.ToArray();
    }
}
