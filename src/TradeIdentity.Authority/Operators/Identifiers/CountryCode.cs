using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>
/// ISO 3166-1 alpha-2, as customs use it: the officially assigned codes, XI and XK.
/// XI: traders of Northern Ireland are numbered with it under the Windsor Framework. XK: Kosovo Customs numbers its traders
/// with it, and the LEI system uses it too. EU is not a country here: no administration gives a trader number that begins with it.
/// </summary>
public sealed record CountryCode
{
    private const string Codes =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ " +
        "BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR " +
        "CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR " +
        "GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU " +
        "ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ " +
        "LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ " +
        "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF " +
        "PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI " +
        "SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR " +
        "TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

    private const string CodesOfPractice = "XI XK";

    private static readonly bool[] Known = Table();

    private CountryCode(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out CountryCode? country)
    {
        country = Exists(text) ? new CountryCode(text.ToString()) : null;
        return country is not null;
    }

    public static CountryCode Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var country) ? country : throw new FormatException("Not a country code of ISO 3166-1.");

    public override string ToString() => Value;

    internal static bool Exists(ReadOnlySpan<char> text) =>
        text.Length == 2 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]) && Known[Index(text)];

    private static int Index(ReadOnlySpan<char> text) => ((text[0] - 'A') * 26) + text[1] - 'A';

    private static bool[] Table()
    {
        var known = new bool[26 * 26];
        foreach (var code in $"{Codes} {CodesOfPractice}".Split(' '))
        {
            known[Index(code)] = true;
        }

        return known;
    }
}
