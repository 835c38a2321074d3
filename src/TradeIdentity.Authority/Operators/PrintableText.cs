using System.Globalization;
using System.Text;

namespace TradeIdentity.Authority.Operators;

/// <summary>What text of others must be before it is stored, signed, and shown to an officer.</summary>
internal static class PrintableText
{
    /// <summary>
    /// No control, line or paragraph separator, lone surrogate, private-use or unassigned character, and no bidirectional
    /// override or isolate: those make a name read as another one. Joiners stay: Persian and Indic names need them.
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

    /// <summary>Trimmed and in Unicode normalization form C; null where that is empty, too long or not printable.</summary>
    public static string? Normalise(string text, int maxLength)
    {
        if (!IsPrintable(text))
        {
            return null;
        }

        var normal = text.Trim().Normalize(NormalizationForm.FormC);
        return normal.Length > 0 && normal.Length <= maxLength ? normal : null;
    }

    /// <summary>For search: compatibility decomposition, marks removed, upper case; so that É, é and e are found alike.</summary>
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

    private static bool IsPrintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && rune.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}
