using System.Net;
using System.Text.Json;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Persons;

/// <summary>A client can do at the API no more than the person who let it.</summary>
public sealed class ScopesOfPersonsTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static readonly string All = string.Join(' ', ApiScopes.All);
    private const string TwoFactors = "urn:tradeidentity:acr:2";

    [Fact]
    public async Task A_trader_gives_no_client_what_is_an_officers()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var tokens = await host.TokensAsync(cookie, AuthorizationRequest.With(("scope", "openid " + All)));
        Assert.Equal(["aeo.apply", "credentials.own", "entities.own", "mandates.write", "notices.read", "openid", "privacy.own", "verification", "webhooks"], Scopes(tokens));
        // RFC 6749 §5.1: the client is told.
        Assert.Equal("aeo.apply credentials.own entities.own mandates.write notices.read openid privacy.own verification webhooks", string.Join(' ', tokens.GetProperty("scope").GetString()!.Split(' ').Order(StringComparer.Ordinal)));
        using var refused = await host.GetAsync("/api/v1/operators", bearer: tokens.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Who_acts_for_nobody_gives_no_right_to_mandates()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync());
        Assert.Equal(["entities.own", "notices.read", "openid", "privacy.own", "verification"], Scopes(await host.TokensAsync(cookie, AuthorizationRequest.With(("scope", "openid " + All)))));
    }

    [Theory]
    [InlineData(AccountRoles.Registrar, "credentials.issue credentials.revoke entities.own notices.read openid operators.read operators.write privacy.own registry.import successions.decide verification")]
    [InlineData(AccountRoles.AeoOfficer, "aeo.decide credentials.issue credentials.revoke entities.own notices.read openid operators.read privacy.own verification")]
    [InlineData(AccountRoles.Approver, "aeo.decide entities.own notices.read openid operators.read privacy.own successions.decide verification")]
    [InlineData(AccountRoles.Auditor, "audit.read entities.own notices.read openid operators.read privacy.own verification")]
    [InlineData(AccountRoles.Administrator, "accounts.read accounts.write entities.own notices.read openid operators.read privacy.own verification")]
    public async Task An_officer_gives_what_is_of_the_role(string role, string expected)
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, role);
        var tokens = await host.TokensAsync(await host.SignInAsync(account, TwoFactors), AuthorizationRequest.With(("scope", "openid " + All)));
        Assert.Equal(expected.Split(' '), Scopes(tokens));
        using var allowed = await host.GetAsync("/api/v1/operators", bearer: tokens.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Fact]
    public async Task Who_is_no_longer_an_officer_gets_no_more_of_it()
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, AccountRoles.Administrator);
        var tokens = await host.TokensAsync(await host.SignInAsync(account, TwoFactors), AuthorizationRequest.With(("scope", "openid offline_access accounts.write")));
        Assert.Contains("accounts.write", Scopes(tokens));
        await host.AppointAsync(account);
        using var refreshed = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
        Assert.Equal(["offline_access", "openid"], Scopes(await OpenIdHost.JsonAsync(refreshed)));
    }

    [Fact]
    public async Task What_cannot_be_given_is_not_asked_for()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var page = await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("scope", "openid operators.write mandates.write"), ("prompt", "consent")).Address);
        using var shown = await host.GetAsync(page.PathAndQuery, cookie);
        var html = await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Give and withdraw mandates", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Change entries of the register", html, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Scopes(JsonElement tokens) =>
        PersonHost.Claims(tokens, "access_token").GetProperty("scope").GetString()!.Split(' ').Order(StringComparer.Ordinal);
}
