using System.Globalization;

namespace TradeIdentity.Authority.Cards;

/// <summary>A text cut where a line may end, each piece measured once; sizes and widths are then tried by arithmetic alone.</summary>
internal sealed class MeasuredText
{
    // Large against rounding in the shaper; widths are then scaled to the size that is tried.
    private const float MeasuringSize = 512;

    private readonly IReadOnlyList<CardFont> _fonts;
    private readonly List<Piece> _pieces;

    internal MeasuredText(string text, IReadOnlyList<CardFont> fonts)
    {
        (_fonts, IsRightToLeft) = (fonts, TextDirection.IsRightToLeft(text));
        _pieces = Pieces(text).Select(Measure).ToList();
    }

    internal bool IsRightToLeft { get; }

    internal List<string> Break(float size, float width)
    {
        var limit = width / size * MeasuringSize;
        var lines = new List<string>();
        var line = "";
        var lineWidth = 0f;
        foreach (var piece in _pieces.SelectMany(piece => piece.InkWidth > limit ? Cut(piece.Text, limit) : [piece]))
        {
            if (line.Length > 0 && lineWidth + piece.InkWidth > limit)
            {
                lines.Add(line.TrimEnd(' '));
                (line, lineWidth) = ("", 0f);
            }

            line += piece.Text;
            lineWidth += piece.Width;
        }

        lines.Add(line.TrimEnd(' '));
        return lines;
    }

    internal ShapedLine Shape(string line, float size) => ShapedLine.Of(line, _fonts, size, IsRightToLeft);

    // A word longer than a line is cut between characters.
    private IEnumerable<Piece> Cut(string word, float limit)
    {
        var part = "";
        var partWidth = 0f;
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            var element = Measure(elements.GetTextElement());
            if (part.Length > 0 && partWidth + element.InkWidth > limit)
            {
                yield return Measure(part);
                (part, partWidth) = ("", 0f);
            }

            part += element.Text;
            partWidth += element.Width;
        }

        yield return Measure(part);
    }

    private Piece Measure(string text)
    {
        var width = Shape(text, MeasuringSize).Width;
        var trimmed = text.TrimEnd(' ');
        return new Piece(text, width, trimmed.Length == text.Length ? width : Shape(trimmed, MeasuringSize).Width);
    }

    // What a line may end after: a space, a hyphen, a slash, and an ideograph or kana.
    private static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 == text.Length || text[i] is ' ' or '-' or '/' || MayBreak(text[i], text[i + 1]))
            {
                yield return text[start..(i + 1)];
                start = i + 1;
            }
        }
    }

    // A closing mark never begins a line, an opening one never ends it.
    private static bool MayBreak(char left, char right) =>
        (IsIdeographic(left) && !IsClosing(right)) || (IsIdeographic(right) && !IsOpening(left));

    private static bool IsIdeographic(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    private static bool IsClosing(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    private static bool IsOpening(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation;

    // The width of the ink is without the space at its end, which may stand beyond the edge.
    private sealed record Piece(string Text, float Width, float InkWidth);
}
