namespace TradeIdentity.Server.Tests.Accounts;

public sealed class PasskeyTests(AccountsHost host) : IClassFixture<AccountsHost>
{
    [Theory]
    [InlineData(0x01 | 0x04, "hwk")]
    [InlineData(0x01 | 0x04 | 0x08 | 0x10, "swk")]
    public async Task A_passkey_signs_in_with_no_name_typed_and_is_two_factors(byte flags, string kind)
    {
        using var authenticator = new SoftAuthenticator { Flags = flags };
        var id = await EnrolAsync(authenticator);
        using var browser = host.NewBrowser();

        Assert.Equal("SignedIn", await browser.PostAsync("/passkey", ("credential", authenticator.Get(await browser.PostAsync("/passkey/options")))));

        var who = (await browser.WhoAsync())!;
        Assert.Equal(id, who["sub"].Single());
        Assert.Equal([kind, "user", "mfa"], who["amr"]);
        Assert.Equal("urn:tradeidentity:acr:2", who["acr"].Single());
    }

    [Fact]
    public async Task An_answer_to_another_challenge_and_one_that_comes_twice_are_refused()
    {
        using var authenticator = new SoftAuthenticator();
        await EnrolAsync(authenticator);
        using var browser = host.NewBrowser();
        var first = authenticator.Get(await browser.PostAsync("/passkey/options"));
        await browser.PostAsync("/passkey/options");

        Assert.Equal("Failed", await browser.PostAsync("/passkey", ("credential", first)));
        Assert.Equal("Failed", await browser.PostAsync("/passkey", ("credential", first)));
        Assert.Null(await browser.WhoAsync());
    }

    [Theory]
    [InlineData("https://localhost:5080")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    public async Task An_answer_made_on_another_site_is_refused(string origin)
    {
        using var authenticator = new SoftAuthenticator(origin);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => EnrolAsync(authenticator));
    }

    [Fact]
    public async Task A_touch_without_pin_or_biometric_is_refused()
    {
        using var authenticator = new SoftAuthenticator();
        await EnrolAsync(authenticator);
        authenticator.Flags = 0x01;
        using var browser = host.NewBrowser();

        Assert.Equal("Failed", await browser.PostAsync("/passkey", ("credential", authenticator.Get(await browser.PostAsync("/passkey/options")))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"AAAA","authenticatorData":"AAAA","signature":"AAAA"}}""")]
    public async Task What_is_no_passkey_is_refused_with_and_without_a_challenge(string credential)
    {
        using var browser = host.NewBrowser();
        Assert.Equal("Failed", await browser.PostAsync("/passkey", ("credential", credential)));
        await browser.PostAsync("/passkey/options");
        Assert.Equal("Failed", await browser.PostAsync("/passkey", ("credential", credential)));
    }

    [Fact]
    public async Task The_challenge_of_a_new_passkey_signs_nobody_in()
    {
        using var authenticator = new SoftAuthenticator();
        await EnrolAsync(authenticator);
        var account = await host.CreateAsync();
        using var browser = host.NewBrowser();
        await browser.SignInAsync(account.Email);
        var creation = await browser.PostAsync("/passkey/new");

        Assert.Equal("Failed", await browser.PostAsync("/passkey", ("credential", authenticator.Get(creation))));
    }

    [Fact]
    public async Task A_lock_by_guesses_does_not_hold_a_passkey_back_and_a_disabled_account_does()
    {
        using var authenticator = new SoftAuthenticator();
        var id = await EnrolAsync(authenticator);
        await host.UsersAsync(async users => await users.SetLockoutEndDateAsync((await users.FindByIdAsync(id))!, host.Time.GetUtcNow().AddHours(1)));
        using var browser = host.NewBrowser();
        Assert.Equal("SignedIn", await browser.PostAsync("/passkey", ("credential", authenticator.Get(await browser.PostAsync("/passkey/options")))));

        await host.UsersAsync(async users =>
        {
            var account = (await users.FindByIdAsync(id))!;
            account.DisabledAt = host.Time.GetUtcNow();
            await users.UpdateAsync(account);
        });
        Assert.Null(await browser.WhoAsync());
        Assert.Equal("Failed", await browser.PostAsync("/passkey", ("credential", authenticator.Get(await browser.PostAsync("/passkey/options")))));
    }

    // A page of an account that is signed in.
    private async Task<string> EnrolAsync(SoftAuthenticator authenticator)
    {
        var account = await host.CreateAsync();
        using var browser = host.NewBrowser();
        await browser.SignInAsync(account.Email);
        Assert.Equal("added", await browser.PostAsync("/passkey/add", ("credential", authenticator.Create(await browser.PostAsync("/passkey/new")))));
        return account.Id;
    }
}
