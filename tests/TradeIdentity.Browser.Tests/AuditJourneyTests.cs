using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;

namespace TradeIdentity.Browser.Tests;

/// <summary>An auditor reads what was done, and checks that nothing of it was changed.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class AuditJourneyTests(Browser browser)
{
    [Fact]
    public async Task An_act_is_found_from_the_company_and_the_chain_is_checked()
    {
        await Companies.RegisterAsync(browser, "NLAUDITED1");
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false, Locale = "en-GB" });
        var page = await Officers.SignInAsync(browser, context, "audrey", AccountRoles.Auditor);
        await page.GotoAsync("/officer/operators/NLAUDITED1");
        await page.Locator("main a[href^='/officer/audit']").ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator("tbody a").ClickAsync();
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync("operator:NLAUDITED1");
        await page.Locator(".back").ClickAsync();

        await page.Locator("summary").ClickAsync();
        await page.Locator("input[name=act]").FillAsync("no-such-act");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(Locales.Word("en-GB", "Audit.None"));
        await page.Locator("a[href='/officer/audit/check']").ClickAsync();
        await page.Locator("main button").ClickAsync();
        await Assertions.Expect(page.Locator(".note-done")).ToBeVisibleAsync();
        var newest = (await browser.Services.GetRequiredService<AuditEntries>().ListAsync(new AuditFilter(), null, 1, TestContext.Current.CancellationToken))
            .Match(found => found.Entries[0], refusal => throw new InvalidOperationException(refusal.Code));
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync(newest.Hash);
    }

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task The_pages_are_accessible(string locale)
    {
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await Officers.SignInAsync(browser, context, "austin", AccountRoles.Auditor);
        await page.Locator(".person a[href='/officer/audit']").ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/officer/audit?from=now");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/officer/audit/1");
        await Look.IsAccessibleAsync(page);
        await page.GotoAsync("/officer/audit/check");
        await Look.IsAccessibleAsync(page);
        await page.Locator("main button").ClickAsync();
        await Assertions.Expect(page.Locator(".note-done")).ToBeVisibleAsync();
        await Look.IsAccessibleAsync(page);
    }

    [Fact]
    public async Task Who_is_no_auditor_finds_no_such_page()
    {
        await using var context = await browser.OpenAsync();
        var page = await Officers.SignInAsync(browser, context, "abel", AccountRoles.Registrar, AccountRoles.Administrator);
        foreach (var path in new[] { "/officer/audit", "/officer/audit/1", "/officer/audit/check" })
        {
            Assert.Equal(404, (await page.GotoAsync(path))!.Status);
        }
    }
}
