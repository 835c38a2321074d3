using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Server.Tests.Accounts;

public sealed class SecondFactorTests(AccountsHost host) : IClassFixture<AccountsHost>
{
    [Fact]
    public async Task A_code_after_the_password_is_two_factors_and_works_once()
    {
        var (account, key, _) = await EnrolAsync(AccountRoles.Approver);
        using var browser = host.NewBrowser();

        Assert.Equal("SecondFactorNeeded", await browser.SignInAsync(account.Email));
        Assert.Null(await browser.WhoAsync());
        var code = Totp.Code(key);
        Assert.Equal("SignedIn", await browser.PostAsync("/code", ("code", $"{code[..3]} {code[3..]}")));

        var who = (await browser.WhoAsync())!;
        Assert.Equal(["pwd", "otp", "mfa"], who["amr"]);
        Assert.Equal("urn:tradeidentity:acr:2", Assert.Single(who["acr"]));
        Assert.Empty(who["second_factor_required"]);
        using var thief = host.NewBrowser();
        await thief.SignInAsync(account.Email);
        Assert.Equal("Failed", await thief.PostAsync("/code", ("code", code)));
    }

    [Fact]
    public async Task A_code_without_the_password_before_it_is_nothing()
    {
        var (_, key, codes) = await EnrolAsync();
        using var browser = host.NewBrowser();
        Assert.Equal("Failed", await browser.PostAsync("/code", ("code", Totp.Code(key))));
        Assert.Equal("Failed", await browser.PostAsync("/recovery", ("code", codes[0])));
    }

    [Fact]
    public async Task Guessed_codes_lock_and_then_the_right_one_is_refused_too()
    {
        var (account, key, codes) = await EnrolAsync();
        using var browser = host.NewBrowser();
        await browser.SignInAsync(account.Email);
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Equal("Failed", await browser.PostAsync("/code", ("code", "000000")));
        }

        Assert.Equal("Failed", await browser.PostAsync("/code", ("code", Totp.Code(key))));
        Assert.Equal("Failed", await browser.PostAsync("/recovery", ("code", codes[0])));
        Assert.Null(await browser.WhoAsync());
        for (var guess = 0; guess < 3; guess++)
        {
            await browser.PostAsync("/code", ("code", "000000"));
        }

        Assert.StartsWith("Wait ", await browser.PostAsync("/code", ("code", Totp.Code(key))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_code_takes_the_place_of_the_application_once()
    {
        var (account, _, codes) = await EnrolAsync();
        using var browser = host.NewBrowser();
        await browser.SignInAsync(account.Email);
        Assert.Equal("SignedIn", await browser.PostAsync("/recovery", ("code", codes[3])));
        Assert.Equal("urn:tradeidentity:acr:2", (await browser.WhoAsync())!["acr"].Single());

        using var again = host.NewBrowser();
        await again.SignInAsync(account.Email);
        Assert.Equal("Failed", await again.PostAsync("/recovery", ("code", codes[3])));
    }

    [Fact]
    public async Task A_password_that_was_changed_since_no_longer_awaits_a_code()
    {
        var (account, key, _) = await EnrolAsync();
        using var browser = host.NewBrowser();
        await browser.SignInAsync(account.Email);
        await host.UsersAsync(account, async (users, read) => await users.ChangePasswordAsync(read, AccountsHost.Password, "another long sentence 8"));

        Assert.Equal("Failed", await browser.PostAsync("/code", ("code", Totp.Code(key))));
    }

    private async Task<(Account Account, string Key, IReadOnlyList<string> Codes)> EnrolAsync(params string[] roles)
    {
        var account = await host.CreateAsync(roles);
        var (key, codes) = ("", Array.Empty<string>());
        await host.UsersAsync(account, async (users, read) =>
        {
            await users.ResetAuthenticatorKeyAsync(read);
            await users.SetTwoFactorEnabledAsync(read, true);
            codes = [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(read, 10))!];
            key = (await users.GetAuthenticatorKeyAsync(read))!;
        });
        return (account, key, codes);
    }
}
