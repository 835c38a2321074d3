using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Browser.Tests;

[Collection(OnOneBrowser.Name)]
public sealed class StatisticsTests(Browser browser)
{
    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task The_register_is_drawn_with_its_figures_and_accessible(string locale)
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await Officers.SignInAsync(browser, context, "stan", AccountRoles.Administrator);
        await page.GotoAsync("/officer/operators");
        await page.Locator("main a[href='/officer/statistics']").ClickAsync();

        var countries = page.Locator("table.bars").First.Locator("tbody tr");
        await Assertions.Expect(countries.Filter(new() { HasText = "NL" }).Locator("svg rect")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("table.bars").Last.Locator("tbody tr")).ToHaveCountAsync(12);
        await Look.IsAccessibleAsync(page);
    }
}
