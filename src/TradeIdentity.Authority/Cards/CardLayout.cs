namespace TradeIdentity.Authority.Cards;

/// <summary>
/// Where things stand on the card. Two columns under a header: the facts at the left, the QR code at the right with its dark
/// modules on the right margin; at the foot the dates and the caution. Lengths are PDF points.
/// </summary>
internal sealed class CardLayout(CardWording wording, Typesetter type, CardQr code)
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

    // A version 14 code gets modules of 0.58 mm. Readers at a gate want 0.33 mm; the largest version still has it.
    private const float CodeSide = 42 * Millimetre;
    private const float MinModule = 0.34f * Millimetre;

    private readonly float _codeSide = Math.Max(CodeSide, code.Modules * MinModule);

    private float FactsWidth => Right - _codeSide - Gutter - Margin;

    internal void Draw(CardPen pen)
    {
        Header(pen);
        Code(pen);
        new CardFacts(wording, type, FactsWidth).Draw(pen, Margin, BodyTop, BodyBottom - BodyTop);
        Dates(pen);
        pen.Rule(Margin, FootRule, Right - Margin);
        pen.Muted(type.Regular(CardWording.Caution, 7, Right - Margin), Margin, FootRule + 5);
    }

    private void Header(CardPen pen)
    {
        pen.Band(Margin, Margin, Right - Margin, 2.5f);
        var kind = Typesetter.Fit(size => type.Regular(wording.TypeName, size, CodeSide), 10, 2);
        var issuer = Typesetter.Fit(IssuerName, 10, 1, 8);
        issuer = issuer.LineCount > 2 ? Typesetter.Fit(IssuerName, 8, 2) : issuer;
        var top = Margin + 8f;
        pen.Accent(issuer, Margin, top);
        pen.Muted(kind, Right - CodeSide, top);
    }

    private Paragraph IssuerName(float size) => type.SemiBold(wording.IssuerName, size, Right - Margin - CodeSide - Gutter);

    private void Code(CardPen pen)
    {
        var left = Right - _codeSide;
        pen.Modules(code, left, BodyTop, _codeSide);
        var quiet = _codeSide / code.Modules * CardQr.QuietModules;
        var top = BodyTop + _codeSide + Math.Max(quiet, 9);
        var label = type.Regular(CardWording.VerifyLabel, LabelSize, _codeSide);
        var address = Typesetter.Fit(size => type.SemiBold(wording.VerifyAddress, size, _codeSide), 7.5f, 2);
        pen.Muted(label, left, top);
        pen.Text(address, left, top + label.Height);
        pen.Muted(type.Regular(CardWording.VerifyElsewhere, LabelSize, _codeSide), left, top + label.Height + address.Height);
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
            var name = type.Regular(label, LabelSize, column);
            pen.Muted(name, x, DatesTop);
            pen.Text(Typesetter.Fit(size => type.SemiBold(date, size, column - 4), 9.5f, 1), x, DatesTop + name.Height);
            x += column;
        }
    }
}
