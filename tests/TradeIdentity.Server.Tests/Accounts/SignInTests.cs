using System.Net;
using Microsoft.Extensions.Hosting;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Server.Tests.Accounts;

public sealed class SignInTests(AccountsHost host) : IClassFixture<AccountsHost>
{
    private const string SessionCookie = "tradeidentity-session";

    [Fact]
    public async Task A_password_makes_a_session_whose_principal_is_exactly_what_relying_handlers_read()
    {
        var account = await host.CreateAsync();
        using var browser = host.NewBrowser();

        Assert.Equal("SignedIn", await browser.SignInAsync(account.Email.ToUpperInvariant()));

        var who = (await browser.WhoAsync())!;
        Assert.Equal(["acr", "amr", "auth_time", "sid", "sub"], who.Select(claim => claim.Key).Order());
        Assert.Equal(account.Id, Assert.Single(who["sub"]));
        Assert.Equal("pwd", Assert.Single(who["amr"]));
        Assert.Equal("urn:tradeidentity:acr:1", Assert.Single(who["acr"]));
        Assert.InRange(long.Parse(Assert.Single(who["auth_time"]), null), host.Time.GetUtcNow().ToUnixTimeSeconds() - 60, host.Time.GetUtcNow().ToUnixTimeSeconds());
        Assert.Equal("Firefox on Windows", await host.ScalarAsync<string>("SELECT user_agent FROM account_sessions WHERE sid = @Sid", new { Sid = who["sid"].Single() }));
    }

    [Fact]
    public async Task The_cookie_is_for_this_host_alone_and_no_script()
    {
        var account = await host.CreateAsync();
        var production = await host.StartAsync(Environments.Production);
        foreach (var (address, name, isProduction) in new[] { (host.Address, SessionCookie, false), (production, "__Host-tradeidentity-session", true) })
        {
            using var browser = host.NewBrowser(address);
            using var response = await browser.SendAsync("/password", ("email", account.Email), ("password", AccountsHost.Password));
            var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), header => header.StartsWith(name + "=", StringComparison.Ordinal));
            Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
            Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
            Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
            Assert.Equal(isProduction, cookie.Contains("; secure", StringComparison.Ordinal));
            Assert.DoesNotContain("domain=", cookie, StringComparison.Ordinal);
            Assert.DoesNotContain("expires=", cookie, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Any_instance_knows_the_cookie_of_another()
    {
        var account = await host.CreateAsync();
        using var browser = host.NewBrowser();
        await browser.SignInAsync(account.Email);
        using var there = host.NewBrowser(await host.StartAsync(Environments.Development));

        there.SetCookie(SessionCookie, browser.Cookie(SessionCookie)!);

        Assert.Equal(account.Id, (await there.WhoAsync())!["sub"].Single());
    }

    [Fact]
    public async Task Wrong_unknown_locked_and_disabled_are_one_answer()
    {
        var (account, locked, disabled) = (await host.CreateAsync(), await host.CreateAsync(), await host.CreateAsync());
        await host.UsersAsync(locked, (users, read) => users.SetLockoutEndDateAsync(read, host.Time.GetUtcNow().AddHours(1)));
        await host.UsersAsync(disabled, (users, read) =>
        {
            read.DisabledAt = host.Time.GetUtcNow();
            return users.UpdateAsync(read);
        });
        using var browser = host.NewBrowser();

        Assert.Equal("Failed", await browser.SignInAsync(account.Email, "not the right sentence"));
        Assert.Equal("Failed", await browser.SignInAsync(account.Email, ""));
        Assert.Equal("Failed", await browser.SignInAsync(account.Email, new string('x', 10_000)));
        Assert.Equal("Failed", await browser.SignInAsync("nobody@trader.example"));
        Assert.Equal("Failed", await browser.SignInAsync(locked.Email));
        Assert.Equal("Failed", await browser.SignInAsync(disabled.Email));
        Assert.Null(await browser.WhoAsync());
        Assert.Equal("Failed", await browser.PostAsync("/framework", ("email", account.Email), ("password", "not the right sentence")));
    }

    [Fact]
    public async Task An_address_that_is_not_confirmed_is_told_only_to_who_knows_the_password()
    {
        var account = await host.CreateAsync();
        await host.UsersAsync(account, (users, read) =>
        {
            read.EmailConfirmed = false;
            return users.UpdateAsync(read);
        });
        using var browser = host.NewBrowser();

        Assert.Equal("Failed", await browser.SignInAsync(account.Email, "not the right sentence"));
        Assert.Equal("EmailNotConfirmed", await browser.SignInAsync(account.Email));
        Assert.Null(await browser.WhoAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tries_beyond_the_limit_wait_whether_there_is_an_account_or_not(bool exists)
    {
        var email = exists ? (await host.CreateAsync()).Email : $"nobody-{Guid.CreateVersion7(host.Time.GetUtcNow()):N}@trader.example";
        using var browser = host.NewBrowser();
        for (var guess = 0; guess < 10; guess++)
        {
            Assert.Equal("Failed", await browser.SignInAsync(email, "not the right sentence"));
        }

        var answer = await browser.SignInAsync(email);
        Assert.Matches("^Wait [1-9][0-9]{2}$", answer);
        Assert.InRange(int.Parse(answer["Wait ".Length..], null), 800, 900);
    }

    [Fact]
    public async Task Signing_in_well_is_never_too_often()
    {
        var account = await host.CreateAsync();
        for (var time = 0; time < 12; time++)
        {
            using var browser = host.NewBrowser();
            Assert.Equal("SignedIn", await browser.SignInAsync(account.Email));
        }
    }

    [Fact]
    public async Task A_private_page_sends_a_stranger_to_sign_in_and_brings_nobody_elsewhere()
    {
        using var browser = host.NewBrowser();
        using var response = await browser.GetAsync("/private?x=1");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Fprivate%3Fx%3D1", response.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task An_officer_with_one_factor_is_told_to_show_a_second()
    {
        var officer = await host.CreateAsync(AccountRoles.Registrar);
        using var browser = host.NewBrowser();

        await browser.SignInAsync(officer.Email);

        Assert.Equal("true", Assert.Single((await browser.WhoAsync())!["second_factor_required"]));
    }

    // The hash is nearly all of the time of a sign-in: what makes it the same work makes it the same time.
    [Fact]
    public async Task Every_sign_in_that_fails_is_the_same_work()
    {
        var account = await host.CreateAsync();
        var keyOnly = await host.CreateAsync();
        await host.UsersAsync(keyOnly, (users, held) => users.RemovePasswordAsync(held));
        var disabled = await host.CreateAsync();
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE accounts SET disabled_at = 1 WHERE id = @Id", new { disabled.Id }), TestContext.Current.CancellationToken);
        (string Email, string Password)[] tries =
        [
            (account.Email, "not the right sentence"), ("nobody@trader.example", "not the right sentence"), (keyOnly.Email, AccountsHost.Password),
            (disabled.Email, AccountsHost.Password), (account.Email, new string('x', 5000)), ("no address", ""),
        ];
        foreach (var (email, password) in tries)
        {
            using var browser = host.NewBrowser();
            host.Hashes.TakeComparisons();
            Assert.Equal("Failed", await browser.SignInAsync(email, password));
            Assert.Equal(210_000u, Assert.Single(host.Hashes.TakeComparisons()));
        }
    }
}
