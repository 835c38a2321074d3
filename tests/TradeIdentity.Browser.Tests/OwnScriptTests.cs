using Microsoft.Playwright;

namespace TradeIdentity.Browser.Tests;

/// <summary>Names in their own script, in pages that run the same way and the other.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class OwnScriptTests(Browser browser)
{
    [Theory]
    [InlineData("en-GB", "AE0000000001", "شركة المثال لتجارة التمور ذ.م.م", "Example Dates Trading L.L.C.")]
    [InlineData("ar-EG", "AE0000000001", "شركة المثال لتجارة التمور ذ.م.م", "Example Dates Trading L.L.C.")]
    [InlineData("ar-EG", "NL854502130", "Example Flower Exports B.V.", "Example Flowers")]
    [InlineData("zh-CN", "CN0000000001", "示例茶叶贸易有限公司", "Example Tea Trading Co., Ltd.")]
    public async Task A_name_stays_whole_in_its_own_letters_and_stands_beside_the_latin_one(string locale, string tin, string name, string other)
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await MandateJourneyTests.SignedInAsync(context, await People.AddAdministratorAsync(browser, "yara", tin));
        await page.GotoAsync("/company");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        await Assertions.Expect(page.Locator(".facts").First).ToContainTextAsync(other);
        await Look.IsAccessibleAsync(page);

        // Alone between what surrounds it: the letters after the last full stop are not pulled into the sentence.
        await page.GotoAsync("/account");
        await Assertions.Expect(page.Locator("main bdi", new() { HasText = name }).First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".person")).ToContainTextAsync(locale == "zh-CN" || (locale == "en-GB" && tin[0] == 'N') ? name : $"\u2068{name}\u2069");
        Assert.Equal("ltr", await page.EvalOnSelectorAsync<string>("main .id", "code => getComputedStyle(code).direction"));

        await page.GotoAsync("/credentials/new");
        await page.Locator("label[for=kind-LegalIdentity]").ClickAsync();
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.Locator(".card-name")).ToHaveTextAsync(name);
        await Look.IsAccessibleAsync(page);
    }
}
