using System.Globalization;
using System.Text;

namespace TradeIdentity.Authority.Operators;

/// <summary>What text of others must be before it is stored, signed, and shown to an officer.</summary>
internal static class PrintableText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>
    /// No control, line or paragraph separator, lone surrogate, private-use or unassigned character, and nothing else that
    /// cannot be seen: two names that look the same would be different ones, or one read as another. Joiners stay: Persian
    /// and Indic names need them.
    /// </summary>
    public static bool IsPrintable(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != System.Buffers.OperationStatus.Done || !IsPrintable(rune))
            {
                return false;
            }

            text = text[consumed..];
        }

        return true;
    }

    /// <summary>
    /// Trimmed and in Unicode normalization form C; null where that is too long or not printable, or nothing of it can be
    /// seen.
    /// </summary>
    public static string? Normalise(string text, int maxLength)
    {
        if (!IsPrintable(text))
        {
            return null;
        }

        var normal = text.Trim().Normalize(NormalizationForm.FormC);
        return normal.Length <= maxLength && normal.EnumerateRunes().Any(IsSeen) ? normal : null;
    }

    /// <summary>The same of a text of several lines; lines end in LF, and nothing else that controls is in them.</summary>
    public static string? NormaliseLines(string text, int maxLength)
    {
        // Bound first: what is far too long is not taken apart.
        if (text.Length > maxLength * 2)
        {
            return null;
        }

        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (!Array.TrueForAll(lines, line => IsPrintable(line)))
        {
            return null;
        }

        var normal = string.Join('\n', lines.Select(line => line.TrimEnd())).Trim().Normalize(NormalizationForm.FormC);
        return normal.Length <= maxLength && normal.EnumerateRunes().Any(IsSeen) ? normal : null;
    }

    /// <summary>For comparison: compatibility decomposition, marks removed, upper case; so that É, é and e are equal.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark))
            {
                folded.Append(Rune.ToUpperInvariant(rune));
            }
        }

        return folded.ToString();
    }

    private static bool IsSeen(Rune rune) => !Rune.IsWhiteSpace(rune) && !IsJoiner(rune);

    private static bool IsJoiner(Rune rune) => rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner;

    private static bool IsPrintable(Rune rune) =>
        IsJoiner(rune)
        || (Rune.GetUnicodeCategory(rune) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            && !IsBlankLetter(rune));

    // Hangul fillers and the empty Braille pattern: letters and symbols by category, and nothing to see.
    private static bool IsBlankLetter(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;
}
