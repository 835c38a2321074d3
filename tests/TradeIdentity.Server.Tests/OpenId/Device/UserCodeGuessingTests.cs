using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Device;

/// <summary>RFC 8628 §5.1. On a server of its own: whoever guesses is held off for a while.</summary>
public sealed class UserCodeGuessingTests(PersonHost host) : IClassFixture<PersonHost>
{
    [Fact]
    public async Task An_unknown_code_is_said_to_be_one_and_guessing_ends()
    {
        Assert.Equal("/device?outcome=unknown", (await host.AuthorizeAsync(null, Verify("BBBB-BBBB"))).PathAndQuery);
        Assert.Equal("/device?outcome=unknown", (await host.AuthorizeAsync(null, "/connect/verify")).PathAndQuery);
        HttpResponseMessage last;
        var tries = 0;
        do
        {
            last = await host.GetAsync(Verify("BBBB-BBBB"));
        }
        while (last.StatusCode != HttpStatusCode.TooManyRequests && ++tries < 100);

        Assert.InRange(tries, 1, 60);
        Assert.InRange(last.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 600);
        last.Dispose();
    }

    private static string Verify(string code) => QueryHelpers.AddQueryString("/connect/verify", "user_code", code);
}
