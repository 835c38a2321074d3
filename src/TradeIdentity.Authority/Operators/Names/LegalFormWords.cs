using System.Collections.Frozen;

namespace TradeIdentity.Authority.Operators.Names;

/// <summary>
/// Words that say what kind of company it is and not which: left out of a key, so that "Example Ltd" and "EXAMPLE LIMITED" are found alike. The
/// common ones; a form that is not here is a word of the name.
/// </summary>
internal static class LegalFormWords
{
    private static readonly FrozenSet<string> Last = Folded(
        "Ltd Limited LLC LLP LP Inc Incorporated Corp Corporation Co Company PLC Pte Pty Pvt Sdn Bhd FZE FZCO FZ DMCC WLL "
        + "GmbH mbH gGmbH AG KG KGaA OHG UG eG SE SA SAS SASU SARL SCA SNC SL SLU SRL SpA Sapi CV Ltda EIRELI BV NV VOF CVBA BVBA SRLS "
        + "AB AS ASA APS Oy Oyj HF EHF OU UAB SIA sro ZRT KFT NYRT DOO DD AD EOOD OOD SP ZOO SpZOO Kabushiki Kaisha KK GK JSC PJSC CJSC LDA "
        + "ООО АО ЗАО ПАО ОАО ТОО ТОВ ПП ИП شمع شمم ذمم");

    private static readonly FrozenSet<string> First = Folded("ООО АО ЗАО ПАО ОАО ТОО ТОВ ПП ИП PT UAB SIA");

    // Written without spaces, or of several words: each as its words, the longer first.
    private static readonly string[][] Phrases =
    [
        .. new[] { "股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "集团", "株式会社", "合同会社", "شركة" }.Select(NameKey.ToWords),
    ];

    internal static string[] Without(string[] words)
    {
        var (from, to) = (0, words.Length);
        for (var again = true; again;)
        {
            again = false;
            if (to - from > 1 && Last.Contains(words[to - 1]))
            {
                (to, again) = (to - 1, true);
            }

            if (to - from > 1 && First.Contains(words[from]))
            {
                (from, again) = (from + 1, true);
            }

            foreach (var phrase in Phrases.Where(phrase => to - from > phrase.Length))
            {
                if (words.AsSpan((to - phrase.Length)..to).SequenceEqual(phrase))
                {
                    (to, again) = (to - phrase.Length, true);
                    break;
                }

                if (words.AsSpan(from..(from + phrase.Length)).SequenceEqual(phrase))
                {
                    (from, again) = (from + phrase.Length, true);
                    break;
                }
            }
        }

        return words[from..to];
    }

    private static FrozenSet<string> Folded(string words) => words.Split(' ').SelectMany(NameKey.ToWords).ToFrozenSet(StringComparer.Ordinal);
}
