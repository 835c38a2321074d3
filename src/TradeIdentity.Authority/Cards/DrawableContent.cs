namespace TradeIdentity.Authority.Cards;

/// <summary>
/// What of a card its fonts can draw. A name or an address in a script that they do not have is left out, and the card says so: a row
/// of boxes is no name, and a name spelled otherwise is another's. The QR code has it as it is.
/// </summary>
internal static class DrawableContent
{
    internal const string NotDrawn = "(name in a script that cannot be printed here: it is in the code)";

    internal static CardContent Of(CardContent content, CardFonts fonts)
    {
        var credential = content.Credential;
        return content with
        {
            Credential = credential with
            {
                LegalName = Name(credential.LegalName),
                Address = credential.Address is { } address && IsDrawn(address) ? address : null,
                Mandate = credential.Mandate is { } mandate
                    ? mandate with { Links = [.. mandate.Links.Select(link => link with { LegalName = Name(link.LegalName) })], Bearer = mandate.Bearer is { } bearer ? Name(bearer) : null }
                    : null,
            },
        };

        string Name(string name) => IsDrawn(name) ? name : NotDrawn;

        bool IsDrawn(string text) => ShapedLine.FirstUncovered(CardWording.Clean(text), fonts.Regular) is null;
    }
}
