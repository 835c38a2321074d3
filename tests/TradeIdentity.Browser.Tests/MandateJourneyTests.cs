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
    public async Task A_chain_of_four_is_made_by_its_parties_and_broken_in_the_middle_without_JavaScript()
    {
        var plain = new BrowserNewContextOptions { JavaScriptEnabled = false };
        string[] tins = [Importer, Broker, Second, "DKDEMO0004", "USDEMO0005"];
        var contexts = new List<IBrowserContext>();
        var parties = new List<IPage>();
        for (var i = 0; i < tins.Length; i++)
        {
            contexts.Add(await browser.OpenAsync(plain));
            parties.Add(await SignedInAsync(contexts[i], await People.AddAdministratorAsync(browser, $"greta{i}", tins[i])));
        }

        // Link i leads from party i to the one after.
        var links = new List<string>();
        for (var i = 0; i < tins.Length - 1; i++)
        {
            if (i == 0)
            {
                await parties[0].GotoAsync("/mandates/new");
                await GrantAsync(parties[0], tins[1], furtherLevels: "3");
                await Assertions.Expect(parties[0].Locator("main .tag")).ToHaveTextAsync("not accepted yet");
            }
            else
            {
                await parties[i].GotoAsync(links[i - 1]);
                await parties[i].GetByRole(AriaRole.Link, new() { Name = "Pass this mandate on" }).ClickAsync();
                await parties[i].GetByLabel("Representative").FillAsync(tins[i + 1]);
                await parties[i].Locator("input[name=FurtherLevels]").FillAsync($"{3 - i}");
                await parties[i].GetByRole(AriaRole.Button, new() { Name = "Grant the mandate" }).ClickAsync();
            }

            await Assertions.Expect(parties[i].Locator(".chain li")).ToHaveCountAsync(i + 2);
            links.Add(new Uri(parties[i].Url).AbsolutePath);
            await parties[i + 1].GotoAsync(links[i]);
            await parties[i + 1].GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
            await Assertions.Expect(parties[i + 1].Locator("main .tag")).ToHaveTextAsync("in force");
        }

        // The last may not pass it on: the principal allowed three.
        await Assertions.Expect(parties[4].GetByRole(AriaRole.Link, new() { Name = "Pass this mandate on" })).ToHaveCountAsync(0);

        await parties[1].GotoAsync(links[1]);
        await parties[1].GetByRole(AriaRole.Button, new() { Name = "Revoke this mandate" }).ClickAsync();
        await Assertions.Expect(parties[1].GetByRole(AriaRole.Alert)).ToContainTextAsync("Enter why it ends");
        await parties[1].GetByLabel("Reason").FillAsync("The contract ended");
        await parties[1].GetByRole(AriaRole.Button, new() { Name = "Revoke this mandate" }).ClickAsync();
        await Assertions.Expect(parties[1].GetByRole(AriaRole.Status)).ToHaveTextAsync("The mandate has ended");

        // What hangs from it is broken at once, and what it hangs from stands.
        await parties[4].ReloadAsync();
        await Assertions.Expect(parties[4].Locator("main .tag")).ToHaveTextAsync("broken: a link above does not hold");
        await Assertions.Expect(parties[4].Locator(".chain li")).ToHaveCountAsync(5);
        await Assertions.Expect(parties[4].Locator(".link-broken")).ToHaveCountAsync(1);
        await parties[3].GotoAsync(links[2]);
        await Assertions.Expect(parties[3].Locator("main .tag")).ToHaveTextAsync("broken: a link above does not hold");
        await parties[0].GotoAsync(links[0]);
        await Assertions.Expect(parties[0].Locator("main .tag")).ToHaveTextAsync("in force");
        foreach (var context in contexts)
        {
            await context.DisposeAsync();
        }
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
