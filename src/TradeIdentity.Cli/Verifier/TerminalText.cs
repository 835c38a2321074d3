using System.Globalization;

namespace TradeIdentity.Cli.Verifier;

/// <summary>Text of others on a terminal: what a code says may be forged, and must not move the cursor, clear the screen or turn the line around.</summary>
internal static class TerminalText
{
    internal static string Plain(string text) => string.Create(text.Length, text, static (plain, text) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            plain[i] = IsHarmful(text[i]) ? '\uFFFD' : text[i];
        }
    });

    // Control characters, line and paragraph separators, and what overrides the direction of the text (UAX #9 §2).
    private static bool IsHarmful(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
