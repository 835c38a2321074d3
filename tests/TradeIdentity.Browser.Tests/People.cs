using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Browser.Tests;

/// <summary>Invented people with accounts, and the way they sign in.</summary>
internal static class People
{
    internal const string Password = "four plain words here";

    /// <summary>An account with a confirmed address, which acts for the operators of <paramref name="tins"/>.</summary>
    internal static Task<Account> AddAsync(Browser browser, string name, params string[] tins) => AddAsync(browser, name, MembershipRoles.Representative, tins);

    /// <summary>The same, and says who else acts for the operator, and for whom it acts.</summary>
    internal static Task<Account> AddAdministratorAsync(Browser browser, string name, string tin) => AddAsync(browser, name, MembershipRoles.Administrator, [tin]);

    private static async Task<Account> AddAsync(Browser browser, string name, string role, string[] tins)
    {
        await using var scope = browser.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = new Account
        {
            Id = Account.NewId(),
            Email = $"{name}.{Account.NewId()[..8]}@trader.example",
            EmailConfirmed = true,
            Name = new PersonName(char.ToUpperInvariant(name[0]) + name[1..], "Example"),
        };
        var created = await accounts.CreateAsync(account, Password);
        Assert.True(created.Succeeded, created.ToString());
        foreach (var tin in tins)
        {
            var granted = await scope.ServiceProvider.GetRequiredService<GrantMembership>().ExecuteAsync(
                account.Id, Tin.Parse(tin), [role], account.Id, TestContext.Current.CancellationToken);
            Assert.Null(granted.Refusal);
        }

        return account;
    }

    /// <summary>By password, from wherever the page is to the page that was asked for.</summary>
    internal static async Task SignInAsync(IPage page, Account account, string path = "/account")
    {
        await page.GotoAsync(path);
        await page.Locator("input[name=Email]").FillAsync(account.Email);
        await page.Locator("input[name=Password]").FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }
}
