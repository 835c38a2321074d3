using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace TradeIdentity.Authority.Cards;

/// <summary>One font file: its outlines and its shaper. Both are only read after loading, so threads share them.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A font lives as long as the program.")]
internal sealed class CardFont(SKTypeface typeface)
{
    private readonly SKShaper _shaper = new(typeface);

    internal static CardFont Open(string path)
    {
        using var data = SKData.CreateCopy(TrueTypeFile.Read(path));
        return new CardFont(SKTypeface.FromData(data));
    }

    internal SKFont At(float size) =>
        new(typeface, size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None };

    /// <summary>Whether every character of a text element has a glyph here. Joiners and selectors need none.</summary>
    internal bool Covers(ReadOnlySpan<char> element)
    {
        foreach (var rune in element.EnumerateRunes())
        {
            if (!IsInvisible(rune) && typeface.GetGlyph(rune.Value) == 0)
            {
                return false;
            }
        }

        return true;
    }

    internal SKShaper.Result Shape(HarfBuzzSharp.Buffer buffer, SKFont font) => _shaper.Shape(buffer, font);

    // HarfBuzz hides these default ignorables: format characters (joiners, direction marks) and variation selectors.
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
