using Microsoft.Playwright;

namespace TradeIdentity.Browser.Tests;

/// <summary>An administrator has the notices of the entity sent to an address, in a browser without JavaScript.</summary>
[Collection(OnOneBrowser.Name)]
public sealed class WebhookJourneyTests(Browser browser)
{
    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task An_address_is_added_tried_and_removed(string locale)
    {
        var tin = $"NLHOOK{locale[..2].ToUpperInvariant()}001";
        await Companies.RegisterAsync(browser, tin);
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale, JavaScriptEnabled = false });
        await using var looking = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var person = await People.AddAdministratorAsync(browser, $"webhooks-{locale}", tin);
        var page = await MandateJourneyTests.SignedInAsync(context, person);
        var look = await MandateJourneyTests.SignedInAsync(looking, person);
        await page.GotoAsync("/notices");
        await page.Locator("main a[href='/webhooks']").ClickAsync();
        await page.Locator("main a[href='/webhooks/add']").ClickAsync();

        // What is no address is said where it stands, and what was typed stays.
        await page.Locator("[name=Address]").FillAsync("http://notices.example/");
        await page.GetByRole(AriaRole.Button, new() { Name = Locales.Word(locale, "Webhooks.AddSubmit") }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[name=Address]")).ToHaveValueAsync("http://notices.example/");

        // No name ends in .invalid (RFC 6761 §6.4): nobody answers.
        var address = $"https://notices.{locale.ToLowerInvariant()}.invalid/tradeidentity";
        await page.Locator("[name=Address]").FillAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = Locales.Word(locale, "Webhooks.AddSubmit") }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = Locales.Word(locale, "Webhooks.Test") }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        var path = new Uri(page.Url).AbsolutePath;
        foreach (var shown in (string[])["/webhooks", "/webhooks/add", path, path + "/remove"])
        {
            await look.GotoAsync(shown);
            await Look.IsAccessibleAsync(look);
        }

        await page.GotoAsync(path + "/remove");
        await page.GetByRole(AriaRole.Button, new() { Name = Locales.Word(locale, "Webhooks.Remove") }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(browser.Address + "/webhooks");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync(address);
    }
}
