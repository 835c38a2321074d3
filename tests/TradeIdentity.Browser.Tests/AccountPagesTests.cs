using Microsoft.Playwright;

namespace TradeIdentity.Browser.Tests;

[Collection(OnOneBrowser.Name)]
public sealed class AccountPagesTests(Browser browser)
{
    private static readonly string[] Pages =
        ["/account", "/account/password", "/account/passkeys", "/account/sessions", "/account/data", "/account/close", "/act-for?ask=true", "/sign-out", "/account/authenticator"];

    [Theory]
    [MemberData(nameof(Locales.All), MemberType = typeof(Locales))]
    public async Task The_pages_of_an_account_are_accessible(string locale)
    {
        var account = await People.AddAsync(browser, "aino", "NL854502130", "CHDEMO0001");
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { Locale = locale });
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account);
        foreach (var path in Pages)
        {
            await page.GotoAsync(path);
            Assert.EndsWith(path, page.Url, StringComparison.Ordinal);
            await Look.IsAccessibleAsync(page);
        }
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_signs_in_first_and_comes_back()
    {
        var account = await People.AddAsync(browser, "bela");
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account, "/account/sessions");
        Assert.Equal("/account/sessions", new Uri(page.Url).AbsolutePath);
        await Assertions.Expect(page.GetByText("This session")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Sign_in_and_sign_out_work_without_JavaScript()
    {
        var account = await People.AddAsync(browser, "chidi", "NL854502130");
        await using var context = await browser.OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are signed out");
        await page.GotoAsync("/account");
        Assert.Equal("/sign-in", new Uri(page.Url).AbsolutePath);
    }

    [Fact]
    public async Task A_session_is_ended_from_another_browser()
    {
        var account = await People.AddAsync(browser, "dana");
        await using var first = await browser.OpenAsync();
        await using var second = await browser.OpenAsync();
        var left = await first.NewPageAsync();
        var right = await second.NewPageAsync();
        await People.SignInAsync(left, account);
        await People.SignInAsync(right, account, "/account/sessions");
        await right.GetByRole(AriaRole.Button, new() { Name = "End the session" }).ClickAsync();
        await Assertions.Expect(right.GetByRole(AriaRole.Status)).ToHaveTextAsync("The session is ended");
        await left.ReloadAsync();
        Assert.Equal("/sign-in", new Uri(left.Url).AbsolutePath);
    }

    [Fact]
    public async Task The_legal_entity_is_chosen_and_shown_on_every_page()
    {
        var account = await People.AddAsync(browser, "emre", "NL854502130", "CHDEMO0001");
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account, "/act-for?returnUrl=/account/sessions");
        var name = await page.Locator(".choice strong").Last.InnerTextAsync();
        await page.Locator(".choice label").Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        Assert.Equal("/account/sessions", new Uri(page.Url).AbsolutePath);
        await Assertions.Expect(page.Locator(".person")).ToContainTextAsync($"acting for {name}");
    }

    [Fact]
    public async Task Nobody_is_led_elsewhere_by_a_return_address()
    {
        var account = await People.AddAsync(browser, "farah");
        foreach (var address in new[] { "https://evil.example/", "//evil.example/", "/\\evil.example", "/account/../\\evil.example", "/%09/evil.example", "javascript:alert(1)" })
        {
            await using var context = await browser.OpenAsync();
            var page = await context.NewPageAsync();
            await People.SignInAsync(page, account, "/sign-in?returnUrl=" + Uri.EscapeDataString(address));
            Assert.Equal($"{browser.Address}/account", page.Url);
        }
    }
}
