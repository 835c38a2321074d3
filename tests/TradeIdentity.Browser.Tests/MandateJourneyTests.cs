using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Browser.Tests;

/// <summary>Who acts for whom, granted, accepted, passed on and ended in a browser.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class MandateJourneyTests(Browser browser)
{
    private const string Importer = "NL854502130";
    private const string Broker = "CHDEMO0001";
    private const string Second = "GBDEMO0003";

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task The_pages_are_accessible(string locale)
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await SignedInAsync(context, await People.AddAdministratorAsync(browser, "farid", Importer));
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/mandates/new");
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
        await GrantAsync(page, Broker);
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/mandates");
        await Look.IsAccessibleAsync(page);
    }

    [Fact]
    public async Task A_chain_of_three_is_made_by_its_parties_and_broken_by_the_principal_without_JavaScript()
    {
        var plain = new BrowserNewContextOptions { JavaScriptEnabled = false };
        await using var first = await browser.OpenAsync(plain);
        await using var second = await browser.OpenAsync(plain);
        await using var third = await browser.OpenAsync(plain);
        var importer = await SignedInAsync(first, await People.AddAdministratorAsync(browser, "greta", Importer));
        var broker = await SignedInAsync(second, await People.AddAdministratorAsync(browser, "hugo", Broker));
        var last = await SignedInAsync(third, await People.AddAdministratorAsync(browser, "ida", Second));

        await importer.GotoAsync("/mandates/new");
        await GrantAsync(importer, Broker, furtherLevels: "1");
        await Assertions.Expect(importer.Locator("main .tag")).ToHaveTextAsync("not accepted yet");
        var root = new Uri(importer.Url).AbsolutePath;

        await broker.GotoAsync(root);
        await broker.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Assertions.Expect(broker.Locator("main .tag")).ToHaveTextAsync("in force");
        await broker.GetByRole(AriaRole.Link, new() { Name = "Pass this mandate on" }).ClickAsync();
        await broker.GetByLabel("Representative").FillAsync(Second);
        await broker.GetByRole(AriaRole.Button, new() { Name = "Grant the mandate" }).ClickAsync();
        await Assertions.Expect(broker.Locator(".chain li")).ToHaveCountAsync(3);
        var leaf = new Uri(broker.Url).AbsolutePath;

        await last.GotoAsync(leaf);
        await last.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Assertions.Expect(last.Locator("main .tag")).ToHaveTextAsync("in force");

        await importer.GotoAsync(root);
        await importer.GetByRole(AriaRole.Button, new() { Name = "Revoke this mandate" }).ClickAsync();
        await Assertions.Expect(importer.GetByRole(AriaRole.Alert)).ToContainTextAsync("Enter why it ends");
        await importer.GetByLabel("Reason").FillAsync("The contract ended");
        await importer.GetByRole(AriaRole.Button, new() { Name = "Revoke this mandate" }).ClickAsync();
        await Assertions.Expect(importer.GetByRole(AriaRole.Status)).ToHaveTextAsync("The mandate has ended");

        await last.ReloadAsync();
        await Assertions.Expect(last.Locator("main .tag")).ToHaveTextAsync("broken: a link above does not hold");
        await Assertions.Expect(last.Locator(".link-broken")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_representative_of_the_company_reads_and_a_stranger_finds_nothing()
    {
        await using var first = await browser.OpenAsync();
        await using var second = await browser.OpenAsync();
        await using var third = await browser.OpenAsync();
        var importer = await SignedInAsync(first, await People.AddAdministratorAsync(browser, "jana", Importer));
        await importer.GotoAsync("/mandates/new");
        await GrantAsync(importer, Broker);

        var reader = await SignedInAsync(second, await People.AddAsync(browser, "karl", Importer));
        await reader.GotoAsync(importer.Url);
        await Assertions.Expect(reader.GetByRole(AriaRole.Button, new() { Name = "Revoke this mandate" })).ToHaveCountAsync(0);
        await reader.GotoAsync("/mandates/new");
        Assert.Equal("/mandates", new Uri(reader.Url).AbsolutePath);

        var stranger = await SignedInAsync(third, await People.AddAdministratorAsync(browser, "lena", Second));
        Assert.Equal(404, (await stranger.GotoAsync(importer.Url))!.Status);
    }

    internal static async Task<IPage> SignedInAsync(IBrowserContext context, Account account)
    {
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account, "/mandates");
        Assert.True(page.Url.EndsWith("/mandates", StringComparison.Ordinal), page.Url + await page.ContentAsync());
        return page;
    }

    internal static async Task GrantAsync(IPage page, string representative, string furtherLevels = "")
    {
        await page.Locator("input[name=Representative]").FillAsync(representative);
        await page.Locator("label[for=kind-direct]").ClickAsync();
        await page.Locator("input[name=Until]").FillAsync(DateTimeOffset.UnixEpoch.AddYears(59).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.Locator("label[for=declaration-import]").ClickAsync();
        await page.Locator("input[name=Value]").FillAsync("250000 EUR");
        await page.Locator("input[name=FurtherLevels]").FillAsync(furtherLevels);
        await page.Locator("main .button").ClickAsync();
        await Assertions.Expect(page.Locator(".chain li")).ToHaveCountAsync(2);
    }
}
