using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Server.Tests.OpenId;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>The module of the dynamic plan that waits for the keys of the server to change; that tokens go on is with the tests of keys.</summary>
public sealed class OidccKeyRotationTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    [Fact(Timeout = 30_000)]
    public async Task oidcc_server_rotate_keys_publishes_the_new_key_beside_the_old()
    {
        var time = new SteppedTime();
        await using var app = await host.StartAsync(Environments.Development, host.Configuration(), time);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var before = await KeysAsync(http);
        await ActivatorUtilities.CreateInstance<RotateSigningKey>(app.Services).ExecuteAsync(KeyPurpose.OpenId, immediately: true, "test", TestContext.Current.CancellationToken);
        var after = before;
        // The timer begins and works beside us: it rings until that is seen; the runner ends a test that never sees it.
        while (after.Count == before.Count && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            time.Ring();
            after = await KeysAsync(http);
        }

        Assert.Superset(before, after);
    }

    private static async Task<HashSet<string>> KeysAsync(HttpClient http)
    {
        using var keys = JsonDocument.Parse(await http.GetStringAsync(new Uri("/.well-known/jwks", UriKind.Relative), TestContext.Current.CancellationToken));
        return [.. keys.RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
    }
}
