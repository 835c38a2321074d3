using System.Net;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Limits;

public sealed class AccountLimitTests(AccountLimitTests.LimitedHost host) : IClassFixture<AccountLimitTests.LimitedHost>
{
    [Fact]
    public async Task An_account_may_ask_so_often_and_another_is_not_touched()
    {
        var request = AuthorizationRequest.With(("scope", "openid offline_access"));
        var (busy, calm) = (await host.SignInAsync(await host.RegisterAsync()), await host.SignInAsync(await host.RegisterAsync()));
        // Its requests are four: the authorization, the consent, the code, and each use of the token.
        var tokens = await host.TokensAsync(busy, request);
        var other = await host.TokensAsync(calm, request);
        var answered = 0;
        var last = await UserInfoAsync(tokens.GetProperty("access_token").GetString()!);
        while (last.StatusCode == HttpStatusCode.OK && answered++ < LimitedHost.Permits)
        {
            last.Dispose();
            last = await UserInfoAsync(tokens.GetProperty("access_token").GetString()!);
        }

        await OpenIdHost.AssertErrorAsync(last, HttpStatusCode.TooManyRequests, "temporarily_unavailable");
        Assert.InRange(last.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.InRange(answered, 1, LimitedHost.Permits);
        last.Dispose();
        using var authorization = await host.GetAsync(request.Address, busy);
        Assert.Equal(HttpStatusCode.TooManyRequests, authorization.StatusCode);
        using var refresh = await host.RefreshAsync(request.ClientId, tokens.GetProperty("refresh_token").GetString()!);
        Assert.Equal(HttpStatusCode.TooManyRequests, refresh.StatusCode);
        using var calmAnswer = await UserInfoAsync(other.GetProperty("access_token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, calmAnswer.StatusCode);
        using var calmRefresh = await host.RefreshAsync(request.ClientId, other.GetProperty("refresh_token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, calmRefresh.StatusCode);
    }

    private Task<HttpResponseMessage> UserInfoAsync(string token) => host.GetAsync("/connect/userinfo", bearer: token);

    public sealed class LimitedHost : PersonHost
    {
        public const int Permits = 12;

        protected override IReadOnlyList<string> Settings { get; } = ["--RateLimits:AccountRequests", $"{Permits}"];
    }
}
