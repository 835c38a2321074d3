using System.Buffers;

namespace TradeIdentity.Authority.Languages;

/// <summary>
/// Names, numbers and addresses inside a sentence of the other direction, each kept together (Unicode Bidirectional Algorithm, UAX #9 §2.4):
/// without it, the full stop after "B.V." or the parts of a number change places.
/// </summary>
public static class Isolated
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopDirectionalIsolate = '\u2069';

    // Hebrew, Arabic and their neighbours, with their presentation forms.
    private static readonly SearchValues<char> RightToLeftLetters = SearchValues.Create(
        [.. Range('\u0590', '\u08FF'), .. Range('\uFB1D', '\uFDFF'), .. Range('\uFE70', '\uFEFC')]);

    /// <summary><paramref name="text"/> as it goes into a sentence of <paramref name="language"/>; untouched where nothing can change places.</summary>
    public static string In(SpokenLanguage language, string text)
    {
        ArgumentNullException.ThrowIfNull(language);
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && (language.IsRightToLeft || text.AsSpan().ContainsAny(RightToLeftLetters))
            ? FirstStrongIsolate + text + PopDirectionalIsolate
            : text;
    }

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
