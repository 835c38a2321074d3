namespace TradeIdentity.Authority.Cards;

/// <summary>
/// Where things stand on the sheet: above, what the credential says, to be read at a desk; below, the card to cut out and fold. There
/// is one QR code on it, that of the card: whoever scans the sheet reads one credential. Lengths are PDF points.
/// </summary>
internal sealed class CardSheet(CardWording wording, Typesetter type, CardQr code)
{
    internal const float Millimetre = 72f / 25.4f;

    internal const float Width = 210 * Millimetre;
    internal const float Height = 297 * Millimetre;

    private const float Margin = 20 * Millimetre;
    private const float Column = Width - (2 * Margin);
    private const float BodyTop = 44 * Millimetre;
    private const float DatesTop = 148 * Millimetre;
    private const float CautionTop = 162 * Millimetre;
    private const float CutTop = 186 * Millimetre;
    private const float CardTop = 198 * Millimetre;

    private static readonly float[] Scales = [1.4f, 1.25f, 1.1f, 1, 0.9f, 0.82f];

    internal void Draw(CardPen pen)
    {
        pen.Band(Margin, Margin, Column, 3);
        var issuer = Typesetter.Fit(size => type.SemiBold(wording.IssuerName, size, Column), 13, 1, 9);
        pen.Accent(issuer, Margin, Margin + 12);
        pen.Muted(type.Regular(wording.TypeName, 12, Column), Margin, Margin + 14 + issuer.Height);
        new CardFacts(wording, type, Column, Scales).Draw(pen, Margin, BodyTop, DatesTop - BodyTop - (4 * Millimetre));
        Dates(pen);
        pen.Rule(Margin, CautionTop - 6, Column);
        var caution = type.Regular(CardWording.Caution, 8.5f, Column);
        pen.Muted(caution, Margin, CautionTop);
        pen.Muted(type.Regular(CardWording.StatusNow, 8.5f, Column), Margin, CautionTop + caution.Height + 2);

        pen.Muted(type.Regular(CardWording.CutOut, 8.5f, Column), Margin, CutTop);
        new PocketCard(wording, type, code).Draw(pen, (Width - PocketCard.OpenWidth) / 2, CardTop);
    }

    private void Dates(CardPen pen)
    {
        var x = Margin;
        var dates = wording.Dates;
        foreach (var (label, date) in dates)
        {
            var name = type.Regular(label, 8, Column / dates.Count);
            pen.Muted(name, x, DatesTop);
            pen.Text(type.SemiBold(date, 12, Column / dates.Count), x, DatesTop + name.Height);
            x += Column / dates.Count;
        }
    }
}
