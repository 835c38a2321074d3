using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace TradeIdentity.Authority.Cards;

/// <summary>One line of text as glyphs: a font for each script, shaped, and in the order in which it stands on paper.</summary>
internal sealed class ShapedLine
{
    private readonly List<Run> _runs;
    private readonly float _size;

    private ShapedLine(List<Run> runs, float size) =>
        (_runs, _size, Width) = (runs, size, runs.Sum(run => run.Shaped.Width));

    internal float Width { get; }

    /// <summary>Glyph 0 is the box of a character that a font lacks.</summary>
    internal IEnumerable<uint> GlyphIds => _runs.SelectMany(run => run.Shaped.Codepoints);

    internal static ShapedLine Of(string text, IReadOnlyList<CardFont> fonts, float size, bool rightToLeft)
    {
        var runs = Itemise(text, fonts, TextDirection.Levels(text, rightToLeft)).ConvertAll(item => Shape(item, size));
        TextDirection.Reorder(runs, run => run.Level);
        return new ShapedLine(runs, size);
    }

    /// <summary>The first text element that no font has, or null.</summary>
    internal static string? FirstUncovered(string text, IReadOnlyList<CardFont> fonts)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (!fonts.Any(font => font.Covers(element)))
            {
                return element;
            }
        }

        return null;
    }

    internal void Draw(SKCanvas canvas, float x, float baseline, SKPaint paint)
    {
        foreach (var run in _runs)
        {
            using var blob = Blob(run);
            if (blob is not null)
            {
                canvas.DrawText(blob, x, baseline, paint);
            }

            x += run.Shaped.Width;
        }
    }

    // A run is text of one level, one font and one script: what a shaper takes at a time.
    private static List<Item> Itemise(string text, IReadOnlyList<CardFont> fonts, byte[] levels)
    {
        var items = new List<Item>();
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            var level = levels[elements.ElementIndex];
            var script = ScriptOf(element);
            if (items.Count > 0 && items[^1] is var last && last.Level == level && last.Font.Covers(element) && Joins(last.Script, script))
            {
                items[^1] = last with { Text = last.Text + element, Script = IsShared(last.Script) ? script : last.Script };
            }
            else
            {
                items.Add(new Item(element, fonts.FirstOrDefault(font => font.Covers(element)) ?? fonts[0], script, level));
            }
        }

        return items;
    }

    private static Run Shape(Item item, float size)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf8(item.Text);
        buffer.GuessSegmentProperties();
        buffer.Direction = item.Level % 2 == 0 ? Direction.LeftToRight : Direction.RightToLeft;
        using var font = item.Font.At(size);
        return new Run(item.Text, item.Font, item.Level, item.Font.Shape(buffer, font));
    }

    // The text goes with its glyphs, so that a reader of the PDF can search it and copy it.
    private SKTextBlob? Blob(Run run)
    {
        using var font = run.Font.At(_size);
        using var builder = new SKTextBlobBuilder();
        var text = Encoding.UTF8.GetBytes(run.Text);
        var buffer = builder.AllocateRawPositionedTextRun(font, run.Shaped.Codepoints.Length, text.Length);
        text.CopyTo(buffer.Text);
        for (var i = 0; i < run.Shaped.Codepoints.Length; i++)
        {
            buffer.Glyphs[i] = (ushort)run.Shaped.Codepoints[i];
            buffer.Positions[i] = run.Shaped.Points[i];
            buffer.Clusters[i] = run.Shaped.Clusters[i];
        }

        return builder.Build();
    }

    private static Script ScriptOf(string element) => UnicodeFunctions.Default.GetScript(Rune.GetRuneAt(element, 0).Value);

    private static bool Joins(Script left, Script right) => left == right || IsShared(left) || IsShared(right);

    private static bool IsShared(Script script) => script == Script.Common || script == Script.Inherited;

    private sealed record Item(string Text, CardFont Font, Script Script, byte Level);

    private sealed record Run(string Text, CardFont Font, byte Level, SKShaper.Result Shaped);
}
