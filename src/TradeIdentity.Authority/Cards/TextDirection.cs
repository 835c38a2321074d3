using System.Globalization;
using System.Text;

namespace TradeIdentity.Authority.Cards;

/// <summary>
/// Which way each part of a line runs: the implicit levels of the Unicode bidirectional algorithm (UAX #9) as far as a
/// registered name or address needs them. Explicit embeddings, overrides and isolates do not occur: the register refuses them.
/// </summary>
internal static class TextDirection
{
    private const string Opening = "([{（［【「『";
    private const string Closing = ")]}）］】」』";

    private enum Kind
    {
        Neutral,
        LeftToRight,
        RightToLeft,
        Digit,
        DigitSeparator,
    }

    /// <summary>UAX #9 P2, P3: the first strong character gives the direction of the paragraph.</summary>
    internal static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (KindOf(rune) is var kind and (Kind.LeftToRight or Kind.RightToLeft))
            {
                return kind == Kind.RightToLeft;
            }
        }

        return false;
    }

    /// <summary>The embedding level of each UTF-16 unit of <paramref name="line"/>: even runs left to right, odd right to left.</summary>
    internal static byte[] Levels(string line, bool rightToLeft)
    {
        var kinds = Kinds(line);
        ResolveDigits(kinds, rightToLeft);
        ResolveBrackets(line, kinds, rightToLeft);
        ResolveNeutrals(kinds, rightToLeft);
        // I1, I2: what runs against the paragraph goes one level up, a number in right-to-left text to level 2.
        return Array.ConvertAll(kinds, kind => kind switch
        {
            Kind.RightToLeft => (byte)1,
            Kind.Digit => (byte)2,
            _ => (byte)(rightToLeft ? 2 : 0),
        });
    }

    /// <summary>L2: runs in the order in which they stand on paper, from left to right.</summary>
    internal static void Reorder<T>(List<T> runs, Func<T, byte> level)
    {
        for (var threshold = runs.Select(level).DefaultIfEmpty().Max(); threshold > 0; threshold--)
        {
            for (var start = 0; start < runs.Count; start++)
            {
                var end = start;
                while (end < runs.Count && level(runs[end]) >= threshold)
                {
                    end++;
                }

                runs.Reverse(start, end - start);
                start = Math.Max(start, end - 1);
            }
        }
    }

    private static Kind[] Kinds(string line)
    {
        var kinds = new Kind[line.Length];
        var at = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            // W1: a mark goes with what it stands on.
            var kind = at > 0 && IsMark(rune) ? kinds[at - 1] : KindOf(rune);
            kinds.AsSpan(at, rune.Utf16SequenceLength).Fill(kind);
            at += rune.Utf16SequenceLength;
        }

        return kinds;
    }

    // W4, W7: a separator between digits belongs to the number, and a number after left-to-right text runs with it.
    private static void ResolveDigits(Kind[] kinds, bool rightToLeft)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == Kind.DigitSeparator)
            {
                kinds[i] = i > 0 && i + 1 < kinds.Length && kinds[i - 1] == Kind.Digit && kinds[i + 1] == Kind.Digit ? Kind.Digit : Kind.Neutral;
            }
        }

        var strong = rightToLeft ? Kind.RightToLeft : Kind.LeftToRight;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is Kind.LeftToRight or Kind.RightToLeft)
            {
                strong = kinds[i];
            }
            else if (kinds[i] == Kind.Digit && strong == Kind.LeftToRight)
            {
                kinds[i] = Kind.LeftToRight;
            }
        }
    }

    // N0: a pair of brackets runs with what it holds, or with what stands before it where that is of the other direction too.
    private static void ResolveBrackets(string line, Kind[] kinds, bool rightToLeft)
    {
        var paragraph = rightToLeft ? Kind.RightToLeft : Kind.LeftToRight;
        var opened = new Stack<int>();
        for (var i = 0; i < line.Length; i++)
        {
            if (Opening.Contains(line[i]))
            {
                opened.Push(i);
            }
            else if (Closing.IndexOf(line[i]) is >= 0 and var which && opened.TryPeek(out var open) && line[open] == Opening[which])
            {
                opened.Pop();
                var inside = kinds[(open + 1)..i].Select(Strong).Where(kind => kind is Kind.LeftToRight or Kind.RightToLeft).ToHashSet();
                if (inside.Count > 0)
                {
                    var before = kinds[..open].Select(Strong).LastOrDefault(kind => kind is Kind.LeftToRight or Kind.RightToLeft, paragraph);
                    kinds[open] = kinds[i] = inside.Contains(paragraph) ? paragraph : before;
                }
            }
        }
    }

    // N1, N2: between two of one direction a neutral takes it, else that of the paragraph; a number counts as right to left.
    private static void ResolveNeutrals(Kind[] kinds, bool rightToLeft)
    {
        var paragraph = rightToLeft ? Kind.RightToLeft : Kind.LeftToRight;
        for (var start = 0; start < kinds.Length; start++)
        {
            var end = start;
            while (end < kinds.Length && kinds[end] == Kind.Neutral)
            {
                end++;
            }

            if (end > start)
            {
                var before = start == 0 ? paragraph : Strong(kinds[start - 1]);
                var after = end == kinds.Length ? paragraph : Strong(kinds[end]);
                kinds.AsSpan(start, end - start).Fill(before == after ? before : paragraph);
                start = end - 1;
            }
        }
    }

    private static Kind Strong(Kind kind) => kind == Kind.Digit ? Kind.RightToLeft : kind;

    private static Kind KindOf(Rune rune)
    {
        if (rune.Value == 0x200F || (IsRightToLeftBlock(rune.Value) && (Rune.IsLetter(rune) || IsMark(rune))))
        {
            return Kind.RightToLeft;
        }

        if (rune.Value is '.' or ',' or ':' or '/' or '-' or '+' or 0x060C or 0x066B or 0x066C)
        {
            return Kind.DigitSeparator;
        }

        return Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
            ? Kind.Digit
            : rune.Value == 0x200E || Rune.IsLetterOrDigit(rune) ? Kind.LeftToRight : Kind.Neutral;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    // Hebrew to Arabic Extended-A, the presentation forms, and the right-to-left areas of the supplementary plane.
    private static bool IsRightToLeftBlock(int code) =>
        code is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE)
            or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
