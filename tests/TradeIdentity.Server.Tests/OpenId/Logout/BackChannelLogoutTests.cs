using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Outbound;
using TradeIdentity.Server.OpenId.Logout;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.Outbound;

namespace TradeIdentity.Server.Tests.OpenId.Logout;

/// <summary>OpenID Connect Back-Channel Logout 1.0, to a receiver of the client over TLS.</summary>
public sealed class BackChannelLogoutTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task The_client_hears_of_the_end_of_a_session_in_which_it_was_given_tokens_and_again_when_it_failed()
    {
        var heard = Channel.CreateUnbounded<IFormCollection>();
        var statuses = new Queue<int>([StatusCodes.Status500InternalServerError, StatusCodes.Status200OK]);
        await using var receiver = new TlsSite();
        await receiver.StartAsync(async context =>
        {
            await heard.Writer.WriteAsync(await context.Request.ReadFormAsync(Cancelled), Cancelled);
            context.Response.StatusCode = statuses.Dequeue();
        });
        var time = new SteppedTime();
        using var http = new PublicHttp(receiver.Network, TimeProvider.System);
        // The outbox of the future: what failed is due at once.
        var outbox = new LogoutOutbox(host.Database, new LaterTime());
        using var sending = new SendLogoutMessages(
            outbox, host.Services.GetRequiredService<LogoutToken>(), host.Services.GetRequiredService<TradeIdentity.Authority.OpenId.PairwiseSubjects>(), http, host.Services.GetRequiredService<IServiceScopeFactory>(), time, NullLogger<SendLogoutMessages>.Instance);
        await sending.StartAsync(TestContext.Current.CancellationToken);

        var account = await host.RegisterAsync(PersonHost.Tin);
        var cookie = await host.SignInAsync(account);
        await host.TokensAsync(cookie, AuthorizationRequest.With() with { ClientId = PersonHost.Listener, RedirectUri = PersonHost.ListenerCallback });
        var sid = host.SidOf(cookie);
        await host.Services.GetRequiredService<TradeIdentity.Authority.Accounts.Sessions.EndSession>().ExecuteAsync(account, sid, "signed-out", account, Cancelled);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var form = await RingUntilAsync(time, heard.Reader);
            var result = await new JsonWebTokenHandler().ValidateTokenAsync(form["logout_token"].ToString(), new TokenValidationParameters
            {
                ValidIssuer = PersonHost.Issuer,
                ValidAudience = PersonHost.Listener,
                ValidTypes = ["logout+jwt"],
                IssuerSigningKeys = new JsonWebKeySet(await host.Http.GetStringAsync(new Uri("/.well-known/jwks", UriKind.Relative), Cancelled)).GetSigningKeys(),
            });
            Assert.True(result.IsValid, result.Exception?.Message);
            Assert.Equal((account, sid), ((string)result.Claims["sub"], (string)result.Claims["sid"]));
            Assert.Contains("http://schemas.openid.net/event/backchannel-logout", result.Claims["events"].ToString(), StringComparison.Ordinal);
            Assert.False(result.Claims.ContainsKey("nonce"), "§2.4 forbids it.");
        }

        await sending.StopAsync(Cancelled);
    }

    private static async Task<IFormCollection> RingUntilAsync(SteppedTime time, ChannelReader<IFormCollection> heard)
    {
        IFormCollection? form;
        while (!heard.TryRead(out form))
        {
            Cancelled.ThrowIfCancellationRequested();
            time.Ring();
            await Task.Yield();
        }

        return form;
    }

    private sealed class LaterTime : TimeProvider
    {
        private long _asked;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddHours(Interlocked.Increment(ref _asked));
    }
}
