using Microsoft.Playwright;

namespace TradeIdentity.Browser.Tests;

/// <summary>What one party does, the other is told, in a browser without JavaScript.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class NoticeJourneyTests(Browser browser)
{
    private const string Importer = "NL854502130";
    private const string Broker = "CHDEMO0001";

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task The_other_side_is_told_of_a_mandate_marks_it_as_seen_and_gets_to_it(string locale)
    {
        var options = new BrowserNewContextOptions { Locale = locale, JavaScriptEnabled = false };
        await using var first = await browser.OpenAsync(options);
        await using var second = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var importer = await MandateJourneyTests.SignedInAsync(first, await People.AddAdministratorAsync(browser, $"notice-giver-{locale}", Importer));
        var broker = await MandateJourneyTests.SignedInAsync(second, await People.AddAdministratorAsync(browser, $"notice-reader-{locale}", Broker));
        await importer.GotoAsync("/mandates/new");
        await MandateJourneyTests.GrantAsync(importer, Broker);
        var mandate = new Uri(importer.Url).AbsolutePath;

        await broker.GotoAsync("/account");
        await Look.IsAccessibleAsync(broker);
        await broker.Locator(".person a[href='/notices']").ClickAsync();
        await Look.IsAccessibleAsync(broker);
        await Assertions.Expect(broker.Locator($"main a[href='{mandate}']")).ToBeVisibleAsync();
        await broker.GetByRole(AriaRole.Button, new() { Name = Locales.Word(locale, "Notices.Seen") }).ClickAsync();
        await Assertions.Expect(broker.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Assertions.Expect(broker.Locator("main .tag")).ToHaveCountAsync(0);
        await Assertions.Expect(broker.Locator(".person a[href='/notices']")).ToHaveCountAsync(0);
        await broker.Locator($"main a[href='{mandate}']").ClickAsync();
        await Assertions.Expect(broker).ToHaveURLAsync(browser.Address + mandate);
    }
}
