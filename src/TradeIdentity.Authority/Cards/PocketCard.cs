namespace TradeIdentity.Authority.Cards;

/// <summary>
/// The card to cut out, in the size of a bank card (ISO/IEC 7810 ID-1) when it is folded in the middle: at the left the face with the
/// facts, at the right the one with the QR code. Lengths are PDF points.
/// </summary>
internal sealed class PocketCard(CardWording wording, Typesetter type, CardQr code)
{
    private const float Millimetre = CardSheet.Millimetre;

    private const float FaceWidth = 85.6f * Millimetre;
    private const float FaceHeight = 53.98f * Millimetre;

    internal const float OpenWidth = 2 * FaceWidth;

    private const float Margin = 4 * Millimetre;
    private const float Column = FaceWidth - (2 * Margin);
    private const float BodyTop = 11.5f * Millimetre;
    private const float DatesTop = 44.5f * Millimetre;
    private const float LabelSize = 5.5f;

    // A version 14 code gets modules of 0.6 mm, the largest one of the profile of 0.45: readers at a gate want 0.33.
    private const float CodeSide = 44 * Millimetre;

    private static readonly float[] Scales = [0.8f, 0.74f, 0.68f, 0.62f];

    internal void Draw(CardPen pen, float x, float top)
    {
        pen.CutLine(x, top, OpenWidth, FaceHeight);
        pen.FoldLine(x + FaceWidth, top, FaceHeight);
        Face(pen, x + Margin, top);
        Back(pen, x + FaceWidth, top);
    }

    private void Face(CardPen pen, float x, float top)
    {
        pen.Band(x, top + Margin, Column, 2);
        var kind = Typesetter.Fit(size => type.Regular(wording.TypeName, size, Column * 0.3f), 7, 1, 5);
        var issuer = Typesetter.Fit(size => type.SemiBold(wording.IssuerName, size, Column * 0.68f), 7, 1, 5);
        pen.Accent(issuer, x, top + Margin + 4);
        pen.Muted(kind, x + (Column * 0.7f), top + Margin + 4);
        new CardFacts(wording, type, Column, Scales).Draw(pen, x, top + BodyTop, DatesTop - BodyTop - 2);
        var dates = wording.Dates;
        foreach (var (label, date) in dates)
        {
            var name = type.Regular(label, LabelSize, Column / dates.Count);
            pen.Muted(name, x, top + DatesTop);
            pen.Text(Typesetter.Fit(size => type.SemiBold(date, size, (Column / dates.Count) - 4), 8, 1), x, top + DatesTop + name.Height);
            x += Column / dates.Count;
        }
    }

    private void Back(CardPen pen, float x, float top)
    {
        // The quiet zone may reach the edge of the card: what is beyond it is white paper, or the hand that holds it.
        var inset = (FaceHeight - CodeSide) / 2;
        pen.Modules(code, x + inset, top + inset, CodeSide);
        var left = x + inset + CodeSide + Math.Max(CodeSide / code.Modules * CardQr.QuietModules, 6);
        var width = x + FaceWidth - Margin - left;
        var label = type.Regular(CardWording.VerifyLabel, LabelSize, width);
        var address = Typesetter.Fit(size => type.SemiBold(wording.VerifyAddress, size, width), 7.5f, 3);
        var elsewhere = type.Regular(CardWording.VerifyElsewhere, LabelSize, width);
        var y = top + inset;
        pen.Muted(label, left, y);
        pen.Text(address, left, y += label.Height);
        pen.Muted(elsewhere, left, y += address.Height);
        pen.Muted(type.Regular(CardWording.Caution, LabelSize, width), left, y + elsewhere.Height + 8);
    }
}
