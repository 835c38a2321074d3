using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace TradeIdentity.Authority.Operators.Names;

/// <summary>Letters that are read as Latin ones, and letters that decompose into none: after upper case.</summary>
internal static class LookAlikeLetters
{
    private static readonly FrozenDictionary<int, string> Read = Pairs(
        // Cyrillic, then Greek: what looks the same in capitals.
        ("АВЕЅІЈКМНОРСТУХԚԜӀ", "ABESIJKMHOPCTYXQWI"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
        // Latin letters that are no base letter with a mark.
        ("ØĐŁĦŦƏ", "ODLHTE"),
        // Arabic letters that are written for one another.
        ("ىةکی", "يهكي"))
        .Concat([Of('ẞ', "SS"), Of('ß', "SS"), Of('Æ', "AE"), Of('Œ', "OE"), Of('Þ', "TH"), Of('Ð', "D"), Of('ı', "I")])
        .ToFrozenDictionary();

    internal static string Latin(Rune rune)
    {
        var upper = Rune.ToUpperInvariant(rune);
        return Read.TryGetValue(upper.Value, out var latin) ? latin
            : !upper.IsAscii && Rune.GetUnicodeCategory(upper) == UnicodeCategory.DecimalDigitNumber ? ((int)Rune.GetNumericValue(upper)).ToString(CultureInfo.InvariantCulture)
            : upper.ToString();
    }

    private static IEnumerable<KeyValuePair<int, string>> Pairs(params (string From, string To)[] alphabets) =>
        alphabets.SelectMany(each => each.From.Zip(each.To, (from, to) => Of(from, to.ToString())));

    private static KeyValuePair<int, string> Of(char from, string to) => new(from, to);
}
