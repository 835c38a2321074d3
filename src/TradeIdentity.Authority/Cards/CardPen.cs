using SkiaSharp;

namespace TradeIdentity.Authority.Cards;

/// <summary>The colours, sizes and marks of the card, drawn on its page. Lengths are PDF points.</summary>
internal sealed class CardPen(SKCanvas canvas) : IDisposable
{
    private readonly SKPaint _ink = Fill(0x14, 0x20, 0x2B);
    private readonly SKPaint _muted = Fill(0x4A, 0x58, 0x66);
    private readonly SKPaint _accent = Fill(0x0B, 0x3D, 0x5C);
    private readonly SKPaint _rule = Fill(0xC4, 0xCC, 0xD4);
    private readonly SKPaint _granted = Fill(0x00, 0x5A, 0x30);
    private readonly SKPaint _suspended = Fill(0x8A, 0x4B, 0x00);
    private readonly SKPaint _black = Fill(0, 0, 0);

    internal void Text(Paragraph paragraph, float x, float top) => paragraph.Draw(canvas, x, top, _ink);

    internal void Cell(Paragraph character, float x, float top) => character.DrawCentred(canvas, x, top, _ink);

    internal void Muted(Paragraph paragraph, float x, float top) => paragraph.Draw(canvas, x, top, _muted);

    internal void Accent(Paragraph paragraph, float x, float top) => paragraph.Draw(canvas, x, top, _accent);

    internal void Band(float x, float top, float width, float height) => canvas.DrawRect(x, top, width, height, _accent);

    internal void Rule(float x, float y, float width) => canvas.DrawRect(x, y, width, 0.5f, _rule);

    /// <summary>Where scissors go.</summary>
    internal void CutLine(float x, float top, float width, float height)
    {
        using var line = new SKPaint { Color = _muted.Color, IsStroke = true, StrokeWidth = 0.5f };
        canvas.DrawRect(x, top, width, height, line);
    }

    /// <summary>Dashed, from edge to edge.</summary>
    internal void FoldLine(float x, float top, float height)
    {
        for (var y = 0f; y < height; y += 6)
        {
            canvas.DrawRect(x - 0.25f, top + y, 0.5f, Math.Min(3, height - y), _muted);
        }
    }

    /// <summary>A tick in a disc.</summary>
    internal void GrantedMark(float x, float top, float size)
    {
        canvas.DrawCircle(x + (size / 2), top + (size / 2), size / 2, _granted);
        using var tick = new SKPath();
        tick.MoveTo(x + (size * 0.27f), top + (size * 0.52f));
        tick.LineTo(x + (size * 0.44f), top + (size * 0.69f));
        tick.LineTo(x + (size * 0.74f), top + (size * 0.34f));
        Stroke(tick, size);
    }

    /// <summary>A disc with two bars: paused.</summary>
    internal void SuspendedMark(float x, float top, float size)
    {
        canvas.DrawCircle(x + (size / 2), top + (size / 2), size / 2, _suspended);
        using var bars = new SKPath();
        foreach (var at in (float[])[0.38f, 0.62f])
        {
            bars.MoveTo(x + (size * at), top + (size * 0.32f));
            bars.LineTo(x + (size * at), top + (size * 0.68f));
        }

        Stroke(bars, size);
    }

    /// <summary>The dark modules as one path, so that no viewer shows seams between them.</summary>
    internal void Modules(CardQr code, float x, float top, float side)
    {
        var module = side / code.Modules;
        using var path = new SKPath();
        foreach (var (row, column, length) in code.DarkRuns())
        {
            path.AddRect(SKRect.Create(x + (column * module), top + (row * module), length * module, module));
        }

        canvas.DrawPath(path, _black);
    }

    public void Dispose()
    {
        foreach (var paint in (SKPaint[])[_ink, _muted, _accent, _rule, _granted, _suspended, _black])
        {
            paint.Dispose();
        }
    }

    private void Stroke(SKPath path, float size)
    {
        using var white = new SKPaint
        {
            Color = SKColors.White,
            IsStroke = true,
            StrokeWidth = size * 0.11f,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
            IsAntialias = true,
        };
        canvas.DrawPath(path, white);
    }

    private static SKPaint Fill(byte red, byte green, byte blue) => new() { Color = new SKColor(red, green, blue), IsAntialias = true };
}
