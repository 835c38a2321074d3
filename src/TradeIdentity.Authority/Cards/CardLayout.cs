namespace TradeIdentity.Authority.Cards;

/// <summary>
/// Where things stand on the card. Two columns under a header: the facts at the left, the QR code at the right with its dark
/// modules on the right margin; at the foot the dates and the caution. Lengths are PDF points.
/// </summary>
internal sealed class CardLayout(CardWording wording, CardFonts fonts, CardQr code)
{
    private const float Millimetre = 72f / 25.4f;

    internal const float Width = 148 * Millimetre;
    internal const float Height = 105 * Millimetre;

    private const float Margin = 8 * Millimetre;
    private const float Right = Width - Margin;
    private const float Gutter = 6 * Millimetre;
    private const float BodyTop = 21 * Millimetre;
    private const float FootRule = 92.5f * Millimetre;
    private const float DatesTop = 82.5f * Millimetre;
    private const float BodyBottom = DatesTop - (2 * Millimetre);

    private const float LabelSize = 6.5f;
    private const float ValueSize = 8.5f;

    // A version 14 code gets modules of 0.58 mm. Readers at a gate want 0.33 mm; the largest version still has it.
    private const float CodeSide = 42 * Millimetre;
    private const float MinModule = 0.34f * Millimetre;

    private readonly float _codeSide = Math.Max(CodeSide, code.Modules * MinModule);

    private float FactsWidth => Right - _codeSide - Gutter - Margin;

    internal void Draw(CardPen pen)
    {
        Header(pen);
        Code(pen);
        new CardFacts(wording, fonts, FactsWidth).Draw(pen, Margin, BodyTop, BodyBottom - BodyTop);
        Dates(pen);
        pen.Rule(Margin, FootRule, Right - Margin);
        pen.Muted(new Paragraph(CardWording.Caution, fonts.Regular, 7, Right - Margin), Margin, FootRule + 5);
    }

    private void Header(CardPen pen)
    {
        pen.Band(Margin, Margin, Right - Margin, 2.5f);
        var type = Fit(wording.TypeName, fonts.Regular, 10, 42 * Millimetre, 2);
        var issuer = Fit(wording.IssuerName, fonts.SemiBold, 10, Right - Margin - (42 * Millimetre) - Gutter, 2);
        var top = Margin + 8f;
        pen.Accent(issuer, Margin, top);
        pen.Muted(type, Right - (42 * Millimetre), top);
    }

    private void Code(CardPen pen)
    {
        var left = Right - _codeSide;
        pen.Modules(code, left, BodyTop, _codeSide);
        var quiet = _codeSide / code.Modules * CardQr.QuietModules;
        var top = BodyTop + _codeSide + Math.Max(quiet, 9);
        var label = new Paragraph(CardWording.VerifyLabel, fonts.Regular, LabelSize, _codeSide);
        var address = Fit(wording.VerifyAddress, fonts.SemiBold, 7.5f, _codeSide, 2);
        pen.Muted(label, left, top);
        pen.Text(address, left, top + label.Height);
        pen.Muted(new Paragraph(CardWording.VerifyElsewhere, fonts.Regular, LabelSize, _codeSide), left, top + label.Height + address.Height);
    }

    private void Dates(CardPen pen)
    {
        var x = Margin;
        var dates = wording.NotBefore is { } from
            ? new[] { (CardWording.IssuedLabel, wording.Issued), (CardWording.NotBeforeLabel, from), (CardWording.ExpiresLabel, wording.Expires) }
            : [(CardWording.IssuedLabel, wording.Issued), (CardWording.ExpiresLabel, wording.Expires)];
        var column = FactsWidth / dates.Length;
        foreach (var (label, date) in dates)
        {
            var name = new Paragraph(label, fonts.Regular, LabelSize, column);
            pen.Muted(name, x, DatesTop);
            pen.Text(Fit(date, fonts.SemiBold, 9.5f, column - 4, 1), x, DatesTop + name.Height);
            x += column;
        }
    }

    /// <summary>The largest size, from <paramref name="size"/> down, at which a text takes no more than <paramref name="lines"/>.</summary>
    internal static Paragraph Fit(string text, IReadOnlyList<CardFont> fonts, float size, float width, int lines, float smallest = 5.5f)
    {
        var fitted = new Paragraph(text, fonts, size, width);
        while (fitted.LineCount > lines && size > smallest)
        {
            size = Math.Max(size * 0.92f, smallest);
            fitted = new Paragraph(text, fonts, size, width);
        }

        return fitted;
    }
}
