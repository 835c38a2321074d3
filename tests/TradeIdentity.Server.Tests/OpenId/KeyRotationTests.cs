using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Server.Tests.OpenId;

public sealed class KeyRotationTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task After_a_rotation_the_new_key_signs_and_tokens_of_the_old_are_still_good()
    {
        var time = new SteppedTime();
        await using var app = await host.StartAsync(Environments.Development, host.Configuration(), time);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var before = await TokenAsync(http);

        var rotated = await ActivatorUtilities.CreateInstance<RotateSigningKey>(app.Services).ExecuteAsync(KeyPurpose.OpenId, immediately: true, "test", Cancellation);
        var kid = rotated.Match(key => key.KidText, refusal => throw new InvalidOperationException(refusal.Detail));
        Assert.NotEqual(kid, new JsonWebToken(before).Kid);

        var after = await TokenAsync(http);
        // The timer begins and works beside us: it rings until that is seen; the runner ends a test that never sees it.
        while (new JsonWebToken(after).Kid != kid && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            time.Ring();
            after = await TokenAsync(http);
        }

        foreach (var token in new[] { before, after })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/protected") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            using var response = await http.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        var published = await http.GetStringAsync(new Uri("/.well-known/jwks", UriKind.Relative), Cancellation);
        Assert.Contains(kid, published, StringComparison.Ordinal);
        Assert.Contains(new JsonWebToken(before).Kid, published, StringComparison.Ordinal);
    }

    private async Task<string> TokenAsync(HttpClient http)
    {
        using var form = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("client_id", OpenIdHost.ClientId),
            KeyValuePair.Create("client_secret", host.Secret), KeyValuePair.Create("scope", "operators.read"),
        ]);
        using var response = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form, Cancellation);
        return (await OpenIdHost.JsonAsync(response)).GetProperty("access_token").GetString()!;
    }
}
