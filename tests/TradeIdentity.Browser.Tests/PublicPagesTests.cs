using Microsoft.Playwright;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Browser.Tests;

[Collection(OnOneBrowser.Name)]
public sealed class PublicPagesTests(Browser browser)
{
    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task A_page_that_anyone_sees_is_accessible(string locale)
    {
        var language = SpokenLanguages.Find(locale)!;
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await context.NewPageAsync();
        foreach (var path in new[] { "/", "/sign-in", "/register", "/forgot", "/device", "/privacy", "/verify", "/nothing" })
        {
            await page.GotoAsync(path);
            Assert.Equal(language.Tag, await page.EvaluateAsync<string>("document.documentElement.lang"));
            Assert.Equal(language.IsRightToLeft ? "rtl" : "ltr", await page.EvaluateAsync<string>("getComputedStyle(document.body).direction"));
            await Look.IsAccessibleAsync(page);
        }
    }

    [Fact]
    public async Task A_page_loads_nothing_from_elsewhere_and_breaks_no_rule_of_its_own_policy()
    {
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        var loaded = new List<string>();
        var said = new List<string>();
        page.Request += (_, request) => loaded.Add(request.Url);
        page.Console += (_, message) => said.Add(message.Text);
        await page.GotoAsync("/");
        Assert.NotEmpty(loaded);
        Assert.All(loaded, url => Assert.StartsWith(browser.Address, url, StringComparison.Ordinal));
        Assert.Empty(said);
    }

    [Fact]
    public async Task A_chosen_language_stays()
    {
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Français" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("L’identité juridique numérique des acteurs du commerce");
        await page.GotoAsync("/");
        Assert.Equal("fr", await page.EvaluateAsync<string>("document.documentElement.lang"));
    }

    [Fact]
    public async Task The_first_stop_of_the_Tab_key_leads_past_the_header()
    {
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await page.EvaluateAsync<string>("document.activeElement.id"));
    }
}
