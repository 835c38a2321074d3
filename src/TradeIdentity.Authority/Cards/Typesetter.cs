namespace TradeIdentity.Authority.Cards;

/// <summary>Sets the texts of one card in the two weights of its fonts, and remembers what it has measured.</summary>
internal sealed class Typesetter(CardFonts fonts)
{
    private readonly Dictionary<string, MeasuredText> _regular = [];
    private readonly Dictionary<string, MeasuredText> _semiBold = [];

    internal Paragraph Regular(string text, float size, float width) => new(Measure(_regular, fonts.Regular, text), size, width);

    internal Paragraph SemiBold(string text, float size, float width) => new(Measure(_semiBold, fonts.SemiBold, text), size, width);

    /// <summary>The largest size, from <paramref name="size"/> down to <paramref name="smallest"/>, at which a text takes no more than <paramref name="lines"/>.</summary>
    internal static Paragraph Fit(Func<float, Paragraph> set, float size, int lines, float smallest = 5.5f)
    {
        var fitted = set(size);
        while (fitted.LineCount > lines && size > smallest)
        {
            size = Math.Max(size * 0.94f, smallest);
            fitted = set(size);
        }

        return fitted;
    }

    private static MeasuredText Measure(Dictionary<string, MeasuredText> measured, IReadOnlyList<CardFont> fonts, string text)
    {
        if (!measured.TryGetValue(text, out var known))
        {
            measured[text] = known = new MeasuredText(text, fonts);
        }

        return known;
    }
}
