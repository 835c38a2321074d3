using System.Globalization;
using System.Text;

namespace TradeIdentity.Authority.Operators.Names;

/// <summary>
/// A name as it is searched for and compared: case, diacritics, punctuation and the legal form aside, and letters of other scripts that look
/// like Latin ones read as those. A name written in such letters to be taken for another has the same key as the other.
/// </summary>
public sealed record NameKey
{
    private NameKey(string[] words)
    {
        Words = words;
        Text = words.Length == 0 ? "" : $" {string.Join(' ', words)} ";
        Skeleton = ToSkeleton(words);
    }

    /// <summary>In their order. An ideograph or a kana is a word: such names are written without spaces.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The words, a space before and after each: so that a trigram tells where a word begins and ends. Empty: nothing of the name is a letter or digit.</summary>
    public string Text { get; }

    /// <summary>The words without what tells them apart, and with what looks the same written the same: equal for names that are easily taken for one another.</summary>
    public string Skeleton { get; }

    public static NameKey Of(string name) => new(LegalFormWords.Without(ToWords(name)));

    public bool Equals(NameKey? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    /// <summary>Before legal forms are left out.</summary>
    internal static string[] ToWords(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in name.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            // Within a word, and read over: O'Neill, S.A., a joiner, the stroke that draws an Arabic word out.
            if (rune.Value is '.' or '\'' or 0x2019 or 0x02BC or 0x200C or 0x200D or 0x0640 || IsMark(rune))
            {
                continue;
            }

            if (!Rune.IsLetterOrDigit(rune))
            {
                End();
            }
            else if (IsWordByItself(rune))
            {
                End();
                words.Add(rune.ToString());
            }
            else
            {
                word.Append(LookAlikeLetters.Latin(rune));
            }
        }

        End();
        return JoinLetters(words);

        void End()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    // "S. A." and "A/S" are written "SA" and "AS" as well.
    private static string[] JoinLetters(List<string> words)
    {
        var joined = new List<string>(words.Count);
        var afterLetter = false;
        foreach (var word in words)
        {
            var isLetter = word.Length == 1 && char.IsAsciiLetter(word[0]);
            if (isLetter && afterLetter)
            {
                joined[^1] += word;
            }
            else
            {
                joined.Add(word);
            }

            afterLetter = isLetter;
        }

        return [.. joined];
    }

    private static string ToSkeleton(string[] words) => string.Concat(words.Where(word => word is not ("AND" or "UND" or "ET")))
        .Replace("RN", "M", StringComparison.Ordinal)
        .Replace("VV", "W", StringComparison.Ordinal)
        .Replace('0', 'O')
        .Replace('1', 'I')
        .Replace('L', 'I')
        .Replace('5', 'S');

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsWordByItself(Rune rune) =>
        // What UTF-16 writes in two is an ideograph too, or a letter of a script that no register writes: it is never taken apart.
        rune.Value > 0xFFFF || rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF);
}
