using System.Net;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Limits;

/// <summary>Whose address it is that is counted: that of the connection, and what a proxy that is configured says.</summary>
public abstract class AddressLimitTests(PersonHost host)
{
    private const int Permits = 5;

    protected async Task<int> AnsweredAsync(Func<int, string> forwardedFor)
    {
        for (var sent = 0; sent < 3 * Permits; sent++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/authorize?client_id=nobody");
            request.Headers.Add("X-Forwarded-For", forwardedFor(sent));
            using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
                return sent;
            }
        }

        return 3 * Permits;
    }

    public sealed class WithoutProxy(WithoutProxy.Host host) : AddressLimitTests(host), IClassFixture<WithoutProxy.Host>
    {
        [Fact]
        public async Task An_address_that_the_sender_made_up_is_not_believed() => Assert.Equal(Permits, await AnsweredAsync(sent => $"198.51.100.{sent}"));

        public sealed class Host : PersonHost
        {
            protected override IReadOnlyList<string> Settings { get; } = ["--RateLimits:AddressOpenRequests", $"{Permits}"];
        }
    }

    public sealed class BehindProxy(BehindProxy.Host host) : AddressLimitTests(host), IClassFixture<BehindProxy.Host>
    {
        [Fact]
        public async Task Those_behind_a_configured_proxy_are_told_apart_and_each_is_limited()
        {
            Assert.Equal(3 * Permits, await AnsweredAsync(sent => $"198.51.100.{sent}"));
            Assert.Equal(Permits, await AnsweredAsync(_ => "203.0.113.1"));
            // One subscriber, many addresses.
            Assert.Equal(Permits, await AnsweredAsync(sent => $"2001:db8:1:2::{sent + 1}"));
            // What stands before the last is the sender's own word.
            Assert.Equal(0, await AnsweredAsync(sent => $"192.0.2.{sent}, 203.0.113.1"));
        }

        public sealed class Host : PersonHost
        {
            protected override IReadOnlyList<string> Settings { get; } =
                ["--RateLimits:AddressOpenRequests", $"{Permits}", "--Server:TrustedProxies:0", "127.0.0.1"];
        }
    }
}
