using Microsoft.Playwright;

namespace TradeIdentity.Browser.Tests;

[Collection(OnOneBrowser.Name)]
public sealed class DeviceTests(Browser browser)
{
    [Theory]
    [InlineData("Allow", "The device is connected")]
    [InlineData("Do not share", "The device was refused")]
    public async Task A_device_is_allowed_or_refused_by_who_compares_its_code(string answer, string outcome)
    {
        await using var party = await RelyingParty.StartAsync(browser);
        var account = await People.AddAsync(browser, "sami");
        var (code, address) = await party.AskFromDeviceAsync(browser);
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account);
        await page.GotoAsync(address);
        Assert.Equal(code, await page.GetByLabel("Code on the device").InputValueAsync());
        await Look.IsAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"The device shows the code {code}");
        await Look.IsAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = answer }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(outcome);
        await Look.IsAccessibleAsync(page);
    }

    [Fact]
    public async Task A_code_that_no_device_shows_is_told_beside_the_field()
    {
        var account = await People.AddAsync(browser, "tuva");
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account, "/account");
        await page.GotoAsync("/device");
        await page.GetByLabel("Code on the device").FillAsync("0000-0000-0000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no device waiting with this code");
    }
}
