using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Browser.Tests;

/// <summary>Officers find a company by what they have of it, and are warned of another that looks like it.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class OperatorSearchTests(Browser browser)
{
    [Fact]
    public async Task A_company_is_found_with_a_letter_wrong_and_its_lookalike_is_named()
    {
        await Companies.RegisterAsync(browser, "NLSEARCH1", legalName: "Zephyrine Freight B.V.");
        await Companies.RegisterAsync(browser, "BESEARCH2", legalName: "ZEPHYRINE FREIGHT NV");
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false, Locale = "en-GB" });
        var page = await Officers.SignInAsync(browser, context, "aude", AccountRoles.Auditor);

        await page.Locator(".person a[href='/officer/operators']").ClickAsync();
        await page.Locator("input[name=query]").FillAsync("freigth Zephrine");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".rows h3 a")).ToHaveTextAsync(["ZEPHYRINE FREIGHT NV", "Zephyrine Freight B.V."]);
        await page.Locator("input[name=query]").FillAsync("nlsearch1");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".rows h3 a").ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Zephyrine Freight B.V.");
        var alike = page.Locator(".note-doubt li");
        await Assertions.Expect(alike).ToContainTextAsync(Locales.Word("en-GB", "Operators.alike.same_name"));
        await alike.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("ZEPHYRINE FREIGHT NV");
        // An auditor decides on nothing.
        await Assertions.Expect(page.Locator("a[href$='/aeo']")).ToHaveCountAsync(0);
    }

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task The_pages_are_accessible(string locale)
    {
        await Companies.RegisterAsync(browser, "NLSEARCH3", """{"component":"AEOC","status":"granted","authorisationNumber":"NLAEOC0009","effectiveFrom":"2024-01-01"}""", "Quixotine Trade B.V.");
        await Companies.RegisterAsync(browser, "NLSEARCH4", legalName: "Quixotine Trade");
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await Officers.SignInAsync(browser, context, "oda", AccountRoles.AeoOfficer);

        await page.GotoAsync("/officer/operators?query=quixotine");
        await Assertions.Expect(page.Locator(".rows li")).ToHaveCountAsync(2);
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/officer/operators?query=nothing%20like%20this");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await page.GotoAsync("/officer/operators?query=%07");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/officer/operators/NLSEARCH3");
        await Assertions.Expect(page.Locator("a[href='/officer/operators/NLSEARCH3/aeo']")).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
    }

    [Fact]
    public async Task Who_is_no_officer_finds_no_such_page()
    {
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, await People.AddAsync(browser, "nora", "NL854502130"));

        foreach (var path in new[] { "/officer/operators", "/officer/operators/NL854502130" })
        {
            Assert.Equal(404, (await page.GotoAsync(path))!.Status);
        }

        await Assertions.Expect(page.Locator(".person a[href='/officer/operators']")).ToHaveCountAsync(0);
    }
}
