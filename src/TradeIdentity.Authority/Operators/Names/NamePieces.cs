namespace TradeIdentity.Authority.Operators.Names;

/// <summary>
/// Which parts of a word an index of trigrams is asked for. Of a word in which up to n letters may be wrong, n + 1 parts are taken with a letter
/// between them: a wrong, missing, added letter or two that changed places touch one part at most, so that one at least stands as it was written.
/// </summary>
internal static class NamePieces
{
    private const int Trigram = 3;

    /// <summary>How many letters may be wrong: short words are too much alike for any, and another number is another name.</summary>
    internal static int WrongLetters(string word) => word.Any(char.IsAsciiDigit) ? 0 : word.Length switch { < 4 => 0, < 12 => 1, _ => 2 };

    /// <summary>Of a word that is right, and goes on perhaps: its beginning, or all of an ideograph. None: one letter finds nothing, and half a surrogate pair is none.</summary>
    internal static string? Whole(string word) => char.IsSurrogate(word[0]) ? null : word.Length + 1 >= Trigram ? $" {word}" : char.IsAscii(word[0]) ? null : $" {word} ";

    /// <summary>Of a word that may have wrong letters; none: such a word may have none.</summary>
    internal static IEnumerable<string> OfMisspelt(string word)
    {
        var wrong = WrongLetters(word);
        if (wrong == 0)
        {
            yield break;
        }

        if (word.Length == 4)
        {
            // No room for a letter between the parts: that its middle letters changed places is asked for by itself.
            yield return $" {word[..2]}";
            yield return $"{word[2..]} ";
            yield return $" {word[0]}{word[2]}{word[1]}{word[3]}";
            yield break;
        }

        var parts = wrong + 1;
        // That the word ends is asked for only where it is too short otherwise: what is asked for may be its beginning.
        var text = word.Length == 5 ? $" {word} " : $" {word}";
        var letters = text.Length - wrong;
        for (var (part, from) = (0, 0); part < parts; part++)
        {
            var length = (letters / parts) + (part < letters % parts ? 1 : 0);
            yield return text.Substring(from, length);
            from += length + 1;
        }
    }

    /// <summary>Of a piece, its first, its last, and one between: each costs a list of names, and what they let through is compared letter by letter after.</summary>
    internal static IEnumerable<string> Trigrams(string piece)
    {
        var last = piece.Length - Trigram;
        return new[] { 0, last / 2, last }.Distinct().Select(at => piece.Substring(at, Trigram));
    }
}
