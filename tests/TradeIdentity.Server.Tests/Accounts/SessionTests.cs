using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Tests.Accounts;

public sealed class SessionTests(AccountsHost host) : IClassFixture<AccountsHost>
{
    private const string SessionCookie = "tradeidentity-session";

    [Fact]
    public async Task Signing_out_ends_the_session_and_a_kept_cookie_opens_nothing()
    {
        var account = await host.CreateAsync();
        using var browser = await SignedInAsync(account);
        var kept = browser.Cookie(SessionCookie)!;

        using var signedOut = await browser.SendAsync("/sign-out");

        Assert.Null(await browser.WhoAsync());
        using var thief = host.NewBrowser();
        thief.SetCookie(SessionCookie, kept);
        Assert.Null(await thief.WhoAsync());
    }

    [Fact]
    public async Task A_sign_in_takes_no_session_that_the_browser_was_given()
    {
        var (attacker, victim) = (await host.CreateAsync(), await host.CreateAsync());
        using var planted = await SignedInAsync(attacker);
        var (sid, cookie) = ((await planted.WhoAsync())!["sid"].Single(), planted.Cookie(SessionCookie)!);
        using var browser = host.NewBrowser();
        browser.SetCookie(SessionCookie, cookie);

        await browser.SignInAsync(victim.Email);

        var who = (await browser.WhoAsync())!;
        Assert.Equal(victim.Id, who["sub"].Single());
        Assert.NotEqual(sid, who["sid"].Single());
        Assert.Null(await planted.WhoAsync());
        Assert.Equal("replaced", await host.ScalarAsync<string>("SELECT end_reason FROM account_sessions WHERE sid = @sid", new { sid }));
    }

    [Fact]
    public async Task Signing_in_again_renews_the_session_under_its_id_and_a_copied_cookie_does_not_rise_with_it()
    {
        var account = await host.CreateAsync();
        using var browser = await SignedInAsync(account);
        var before = (await browser.WhoAsync())!;
        using var thief = host.NewBrowser();
        thief.SetCookie(SessionCookie, browser.Cookie(SessionCookie)!);
        Assert.NotNull(await thief.WhoAsync());
        host.Time.Advance(TimeSpan.FromMinutes(2));

        using var authenticator = new SoftAuthenticator();
        Assert.Equal("added", await browser.PostAsync("/passkey/add", ("credential", authenticator.Create(await browser.PostAsync("/passkey/new")))));
        await browser.PostAsync("/passkey", ("credential", authenticator.Get(await browser.PostAsync("/passkey/options"))));

        var after = (await browser.WhoAsync())!;
        Assert.Equal(before["sid"].Single(), after["sid"].Single());
        Assert.Equal(("urn:tradeidentity:acr:1", "urn:tradeidentity:acr:2"), (before["acr"].Single(), after["acr"].Single()));
        Assert.InRange(long.Parse(after["auth_time"].Single(), null) - long.Parse(before["auth_time"].Single(), null), 120, 180);
        Assert.Null(await thief.WhoAsync());
    }

    [Fact]
    public async Task Changing_the_password_ends_all_other_sessions_and_keeps_this_one()
    {
        var account = await host.CreateAsync();
        using var here = await SignedInAsync(account);
        using var there = await SignedInAsync(account);
        using var other = await SignedInAsync(await host.CreateAsync());

        Assert.Equal("Succeeded", await here.PostAsync("/change-password", ("password", AccountsHost.Password), ("new", "another long sentence 8")));

        Assert.NotNull(await here.WhoAsync());
        Assert.Null(await there.WhoAsync());
        Assert.NotNull(await other.WhoAsync());
    }

    [Fact]
    public async Task Removing_a_passkey_ends_the_sessions_of_who_may_have_it()
    {
        var account = await host.CreateAsync();
        using var browser = await SignedInAsync(account);
        using var authenticator = new SoftAuthenticator();
        Assert.Equal("added", await browser.PostAsync("/passkey/add", ("credential", authenticator.Create(await browser.PostAsync("/passkey/new")))));
        using var thief = host.NewBrowser();
        Assert.Equal("SignedIn", await thief.PostAsync("/passkey", ("credential", authenticator.Get(await thief.PostAsync("/passkey/options")))));

        await host.UsersAsync(account, async (users, read) => await users.RemovePasskeyAsync(read, (await users.GetPasskeysAsync(read))[0].CredentialId));

        Assert.Null(await thief.WhoAsync());
    }

    [Fact]
    public async Task The_password_is_not_guessed_from_within_a_session()
    {
        var account = await host.CreateAsync();
        using var browser = await SignedInAsync(account);
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Contains("PasswordMismatch", await browser.PostAsync("/change-password", ("password", "not the right sentence"), ("new", "another long sentence 8")), StringComparison.Ordinal);
        }

        Assert.Contains("PasswordMismatch", await browser.PostAsync("/change-password", ("password", AccountsHost.Password), ("new", "another long sentence 8")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_of_the_account_and_of_no_other()
    {
        var account = await host.CreateAsync();
        using var here = await SignedInAsync(account);
        using var there = await SignedInAsync(account);
        using var other = await SignedInAsync(await host.CreateAsync());

        Assert.Equal("2", await here.PostAsync("/sign-out-everywhere"));

        Assert.Null(await here.WhoAsync());
        Assert.Null(await there.WhoAsync());
        Assert.NotNull(await other.WhoAsync());
    }

    [Fact]
    public async Task An_unused_session_ends_after_an_hour_and_a_used_one_after_twelve()
    {
        using var unused = await SignedInAsync(await host.CreateAsync());
        using var used = await SignedInAsync(await host.CreateAsync());
        for (var halfHour = 0; halfHour < 23; halfHour++)
        {
            host.Time.Advance(TimeSpan.FromMinutes(30));
            Assert.NotNull(await used.WhoAsync());
        }

        Assert.Null(await unused.WhoAsync());
        host.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.Null(await used.WhoAsync());
    }

    [Fact]
    public async Task One_session_is_ended_by_its_owner_and_by_nobody_who_only_knows_its_id()
    {
        var (account, stranger) = (await host.CreateAsync(), await host.CreateAsync());
        using var browser = await SignedInAsync(account);
        var sid = (await browser.WhoAsync())!["sid"].Single();
        var end = host.Services.GetRequiredService<EndSession>();

        Assert.False(await end.ExecuteAsync(stranger.Id, sid, SessionEnd.Reasons.EndedByOwner, stranger.Id, CancellationToken.None));
        Assert.NotNull(await browser.WhoAsync());
        Assert.True(await end.ExecuteAsync(account.Id, sid, SessionEnd.Reasons.EndedByOwner, account.Id, CancellationToken.None));
        Assert.Null(await browser.WhoAsync());
    }

    [Fact]
    public async Task A_role_that_is_given_works_in_sessions_that_are_open()
    {
        var account = await host.CreateAsync();
        using var browser = await SignedInAsync(account);
        await host.UsersAsync(account, (users, read) => users.AddToRoleAsync(read, AccountRoles.Administrator));

        Assert.NotEmpty((await browser.WhoAsync())!["second_factor_required"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cookie_that_was_made_up_is_nobody(string value)
    {
        using var browser = host.NewBrowser();
        browser.SetCookie(SessionCookie, value);
        Assert.Null(await browser.WhoAsync());
    }

    private async Task<Browser> SignedInAsync(Account account)
    {
        var browser = host.NewBrowser();
        Assert.Equal("SignedIn", await browser.SignInAsync(account.Email));
        return browser;
    }
}
