using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Browser.Tests;

[Collection(OnOneBrowser.Name)]
public sealed class SecondFactorTests(Browser browser)
{
    [Fact]
    public async Task An_authenticator_application_is_enrolled_and_then_asked_for_and_its_recovery_codes_open_once()
    {
        var account = await People.AddAsync(browser, "maya");
        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account, "/account/authenticator");
        var key = await page.Locator(".qr + p .id").InnerTextAsync();
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync("000000");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The code is not right");
        await Look.IsAccessibleAsync(page);
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(Totp.Code(key));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Keep your recovery codes");
        var codes = await page.Locator(".codes li").AllInnerTextsAsync();
        Assert.Equal(10, codes.Distinct().Count());
        await Look.IsAccessibleAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        Assert.Equal("/account", new Uri(page.Url).AbsolutePath);

        await SignInToSecondFactorAsync(context, page, account);
        await Look.IsAccessibleAsync(page);
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(Totp.Code(key, steps: 1));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/account");

        foreach (var leadsTo in new[] { "/account", "/sign-in/second-factor" })
        {
            await SignInToSecondFactorAsync(context, page, account);
            await page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code instead" }).ClickAsync();
            await page.GetByLabel("Recovery code").FillAsync(codes[0]);
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForLoadStateAsync();
            await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == leadsTo);
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("was used before");
    }

    [Fact]
    public async Task An_officer_with_a_password_alone_is_led_to_add_a_second_factor_and_nowhere_else()
    {
        var account = await People.AddAsync(browser, "noor");
        await using (var scope = browser.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var appointed = await accounts.AddToRoleAsync((await accounts.FindByIdAsync(account.Id))!, AccountRoles.Registrar);
            Assert.True(appointed.Succeeded, appointed.ToString());
        }

        await using var context = await browser.OpenAsync();
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, account);
        foreach (var path in new[] { "/account", "/account/sessions", "/account/applications", "/account/data", "/account/close", "/account/password", "/act-for" })
        {
            await page.GotoAsync(path);
            Assert.Equal("/account/authenticator", new Uri(page.Url).AbsolutePath);
        }

        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(Totp.Code(await page.Locator(".qr + p .id").InnerTextAsync()));
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        Assert.Equal("/account", new Uri(page.Url).AbsolutePath);
        await page.GotoAsync("/account/authenticator");
        await Look.IsAccessibleAsync(page);
    }

    private static async Task SignInToSecondFactorAsync(IBrowserContext context, IPage page, Account account)
    {
        await context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(account.Email);
        await page.GetByLabel("Password").FillAsync(People.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sign-in/second-factor**");
    }
}
