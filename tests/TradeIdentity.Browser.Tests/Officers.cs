using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Browser.Tests;

/// <summary>Invented officers of the authority.</summary>
internal static class Officers
{
    /// <summary>An account with these roles.</summary>
    public static async Task<Account> AppointAsync(Browser browser, string name, params string[] roles)
    {
        var account = await People.AddAsync(browser, name);
        await using var scope = browser.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        foreach (var role in roles)
        {
            Assert.True((await accounts.AddToRoleAsync((await accounts.FindByIdAsync(account.Id))!, role)).Succeeded);
        }

        return account;
    }

    /// <summary>One who is signed in with two factors.</summary>
    public static async Task<IPage> SignInAsync(Browser browser, IBrowserContext context, string name, params string[] roles)
    {
        var page = await context.NewPageAsync();
        await People.SignInAsync(page, await AppointAsync(browser, name, roles));
        await page.GotoAsync("/account/authenticator");
        await page.Locator("input[name=Code]").FillAsync(Totp.Code(await page.Locator(".qr + p .id").InnerTextAsync()));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".codes")).ToBeVisibleAsync();
        return page;
    }
}
