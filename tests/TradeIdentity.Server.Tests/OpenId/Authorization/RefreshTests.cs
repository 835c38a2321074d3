using System.Net;

namespace TradeIdentity.Server.Tests.OpenId.Authorization;

public abstract class RefreshTests(PersonHost host)
{
    private static readonly AuthorizationRequest Offline = AuthorizationRequest.With(("scope", "openid profile organization offline_access"));

    [Fact]
    public async Task A_refresh_token_is_replaced_at_each_use_and_a_used_one_ends_the_family()
    {
        var tokens = await host.TokensAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), Offline);
        var first = tokens.GetProperty("refresh_token").GetString()!;
        using var answer = await host.RefreshAsync(PersonHost.Agency, first);
        var refreshed = await OpenIdHost.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var second = refreshed.GetProperty("refresh_token").GetString()!;
        Assert.NotEqual(first, second);
        Assert.Equal(
            PersonHost.Claims(tokens, "id_token").GetProperty("auth_time").GetInt64(),
            PersonHost.Claims(refreshed, "id_token").GetProperty("auth_time").GetInt64());

        using var reused = await host.RefreshAsync(PersonHost.Agency, first);
        await OpenIdHost.AssertErrorAsync(reused, HttpStatusCode.BadRequest, "invalid_grant");
        using var successor = await host.RefreshAsync(PersonHost.Agency, second);
        await OpenIdHost.AssertErrorAsync(successor, HttpStatusCode.BadRequest, "invalid_grant");
        using var userInfo = await host.GetAsync("/connect/userinfo", bearer: refreshed.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, userInfo.StatusCode);
    }

    [Fact]
    public async Task Of_fifty_uses_at_once_exactly_one_wins()
    {
        var tokens = await host.TokensAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), Offline);
        var token = tokens.GetProperty("refresh_token").GetString()!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.RefreshAsync(PersonHost.Agency, token)));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(49, answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
        var won = (await OpenIdHost.JsonAsync(answers.Single(answer => answer.IsSuccessStatusCode))).GetProperty("refresh_token").GetString()!;
        using var family = await host.RefreshAsync(PersonHost.Agency, won);
        await OpenIdHost.AssertErrorAsync(family, HttpStatusCode.BadRequest, "invalid_grant");
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Of_fifty_uses_of_a_code_at_once_exactly_one_wins()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var code = await host.CodeAsync(cookie, Offline);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.ExchangeAsync(code, Offline)));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task A_refresh_token_is_for_its_client_and_for_no_more_than_was_granted()
    {
        var tokens = await host.TokensAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), Offline);
        var token = tokens.GetProperty("refresh_token").GetString()!;
        using var other = await host.RefreshAsync(PersonHost.Application, token);
        await OpenIdHost.AssertErrorAsync(other, HttpStatusCode.BadRequest, "invalid_grant");
        using var wider = await host.RefreshAsync(PersonHost.Agency, token, ("scope", "openid email"));
        await OpenIdHost.AssertErrorAsync(wider, HttpStatusCode.BadRequest, "invalid_scope");
        using var narrower = await host.RefreshAsync(PersonHost.Agency, token, ("scope", "openid profile"));
        Assert.Equal("openid profile", PersonHost.Claims(await OpenIdHost.JsonAsync(narrower), "access_token").GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Without_offline_access_there_is_no_refresh_token()
    {
        var tokens = await host.TokensAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), new AuthorizationRequest());
        Assert.False(tokens.TryGetProperty("refresh_token", out _));
    }
}

public sealed class RefreshOnSqliteTests(PersonHost host) : RefreshTests(host), IClassFixture<PersonHost>;

public sealed class RefreshOnPostgreSqlTests(PostgreSqlPersonHost host) : RefreshTests(host), IClassFixture<PostgreSqlPersonHost>;
