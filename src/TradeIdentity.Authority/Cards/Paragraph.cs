using System.Globalization;
using SkiaSharp;

namespace TradeIdentity.Authority.Cards;

/// <summary>Text broken into lines of a width. A right-to-left text stands at the right edge.</summary>
internal sealed class Paragraph
{
    private const float LineSpacing = 1.25f;

    private readonly List<ShapedLine> _lines;
    private readonly float _size;
    private readonly float _width;
    private readonly bool _rightToLeft;

    internal Paragraph(string text, IReadOnlyList<CardFont> fonts, float size, float width)
    {
        (_size, _width, _rightToLeft) = (size, width, TextDirection.IsRightToLeft(text));
        _lines = Break(text, fonts).ConvertAll(line => ShapedLine.Of(line, fonts, size, _rightToLeft));
    }

    internal int LineCount => _lines.Count;

    internal float FirstLineWidth => _lines[0].Width;

    internal float Height => _lines.Count * _size * LineSpacing;

    internal void Draw(SKCanvas canvas, float x, float top, SKPaint paint)
    {
        // Noto's ascent is 1.07 of its size; the capital height of 0.714 is what the eye aligns on.
        var baseline = top + (_size * 1f);
        foreach (var line in _lines)
        {
            line.Draw(canvas, _rightToLeft ? x + _width - line.Width : x, baseline, paint);
            baseline += _size * LineSpacing;
        }
    }

    private List<string> Break(string text, IReadOnlyList<CardFont> fonts)
    {
        var lines = new List<string>();
        var line = "";
        var lineWidth = 0f;
        foreach (var part in Pieces(text).SelectMany(piece => Measure(piece.TrimEnd(' '), fonts) > _width ? Cut(piece, fonts) : [piece]))
        {
            if (line.Length > 0 && lineWidth + Measure(part.TrimEnd(' '), fonts) > _width)
            {
                lines.Add(line.TrimEnd(' '));
                (line, lineWidth) = ("", 0f);
            }

            line += part;
            lineWidth += Measure(part, fonts);
        }

        lines.Add(line.TrimEnd(' '));
        return lines;
    }

    // A word longer than a line is cut between characters.
    private List<string> Cut(string word, IReadOnlyList<CardFont> fonts)
    {
        var parts = new List<string>();
        var part = "";
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (part.Length > 0 && Measure(part + element, fonts) > _width)
            {
                parts.Add(part);
                part = "";
            }

            part += element;
        }

        parts.Add(part);
        return parts;
    }

    private float Measure(string text, IReadOnlyList<CardFont> fonts) => ShapedLine.Of(text, fonts, _size, _rightToLeft).Width;

    // What a line may end after: a space, a hyphen, a slash, and any ideograph or kana that no closing mark follows.
    private static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var last = i + 1 == text.Length;
            if (last || text[i] is ' ' or '-' or '/' || MayBreak(text[i], text[i + 1]))
            {
                yield return text[start..(i + 1)];
                start = i + 1;
            }
        }
    }

    private static bool MayBreak(char left, char right) =>
        (IsIdeographic(left) && !IsClosing(right)) || (IsIdeographic(right) && !IsOpening(left));

    private static bool IsIdeographic(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    private static bool IsClosing(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    private static bool IsOpening(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation;
}
