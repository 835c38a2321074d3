using SkiaSharp;

namespace TradeIdentity.Authority.Cards;

/// <summary>Text broken into lines of a width. A right-to-left text stands at the right edge.</summary>
internal sealed class Paragraph(MeasuredText text, float size, float width)
{
    private const float LineSpacing = 1.25f;

    private readonly List<string> _lines = text.Break(size, width);

    internal int LineCount => _lines.Count;

    internal float Height => _lines.Count * size * LineSpacing;

    internal void Draw(SKCanvas canvas, float x, float top, SKPaint paint)
    {
        // One em down: Noto's capitals are 0.714 em high, so that they stand in the middle of the line.
        var baseline = top + size;
        foreach (var line in _lines.Select(line => text.Shape(line, size)))
        {
            line.Draw(canvas, text.IsRightToLeft ? x + width - line.Width : x, baseline, paint);
            baseline += size * LineSpacing;
        }
    }

    /// <summary>Draws one line, in the middle of the width.</summary>
    internal void DrawCentred(SKCanvas canvas, float x, float top, SKPaint paint)
    {
        var line = text.Shape(_lines[0], size);
        line.Draw(canvas, x + ((width - line.Width) / 2), top + size, paint);
    }
}
