using System.Globalization;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Browser.Tests;

/// <summary>What browsers in different places say they prefer: one of each language that the pages speak.</summary>
public static class Locales
{
    public static TheoryData<string> All => ["en-GB", "fr-FR", "es-MX", "ar-EG", "zh-CN"];

    /// <summary>What a page says there.</summary>
    internal static string Word(string locale, string key, params object[] arguments)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = SpokenLanguages.Find(locale)!.Culture;
        try
        {
            return arguments.Length == 0 ? new Wording()[key] : new Wording()[key, arguments];
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>A company of each language's own, so that a list that is empty at first is seen so once.</summary>
    internal static async Task<string> CompanyAsync(Browser browser, string locale, int of)
    {
        var tin = $"GBLANG{of}{SpokenLanguages.Find(locale)!.Code.ToUpperInvariant()}";
        await Companies.RegisterAsync(browser, tin);
        return tin;
    }
}
