using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Authority.Outbound;
using TradeIdentity.Authority.Tests.Outbound;

namespace TradeIdentity.Authority.Tests.OpenId.Registration;

public sealed class ClientKeysTests
{
    private const string Broken = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static readonly OpenIdApplication Client = new()
    {
        Id = "1",
        ClientId = "desk",
        Settings = ImmutableDictionary<string, string>.Empty.Add("jwks_uri", "https://client.example/jwks"),
    };

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Published_keys_are_read_once_and_again_for_a_key_that_is_new()
    {
        await using var server = new TlsAnswers(TlsAnswers.Ok(Keys("a")), TlsAnswers.Ok(Keys("a", "b")));
        using var http = new PublicHttp(server.Network, TimeProvider.System);
        var keys = new ClientKeys(http, _time);

        Assert.Equal(["a"], await KidsAsync(keys, "a"));
        Assert.Equal(["a"], await KidsAsync(keys, null));
        Assert.Equal(1, server.Connections);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(["a", "b"], await KidsAsync(keys, "b"));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Unknown_keys_make_no_more_than_one_call_a_minute_however_many_ask()
    {
        await using var server = new TlsAnswers(TlsAnswers.Ok(Keys("a")));
        using var http = new PublicHttp(server.Network, TimeProvider.System);
        var keys = new ClientKeys(http, _time);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => KidsAsync(keys, $"invented-{i}")));
        Assert.Equal(1, server.Connections);
        _time.Advance(TimeSpan.FromSeconds(61));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => KidsAsync(keys, $"invented-{i}")));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Where_the_address_fails_known_keys_last_a_day_and_no_longer()
    {
        await using var server = new TlsAnswers(TlsAnswers.Ok(Keys("a")), Broken);
        using var http = new PublicHttp(server.Network, TimeProvider.System);
        var keys = new ClientKeys(http, _time);

        Assert.Equal(["a"], await KidsAsync(keys, "a"));
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["a"], await KidsAsync(keys, "a"));
        _time.Advance(TimeSpan.FromHours(23));
        Assert.Equal([], await KidsAsync(keys, "a"));
    }

    [Theory]
    [InlineData("""{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"a"}]}""")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    [InlineData("<html>")]
    public async Task What_is_no_set_of_public_keys_is_none(string published)
    {
        await using var server = new TlsAnswers(TlsAnswers.Ok(published));
        using var http = new PublicHttp(server.Network, TimeProvider.System);
        Assert.Equal([], await KidsAsync(new ClientKeys(http, _time), "a"));
    }

    private static async Task<IEnumerable<string>> KidsAsync(ClientKeys keys, string? kid) =>
        (await keys.OfAsync(Client, kid, Cancellation))?.Keys.Select(key => key.Kid) ?? [];

    private static string Keys(params string[] kids) =>
        $$"""{"keys":[{{string.Join(',', kids.Select(Key))}},{"kty":"OKP","crv":"X25519","kid":"other","x":"AAAA"}]}""";

    private static string Key(string kid)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return $$"""{"kty":"EC","crv":"P-256","kid":"{{kid}}","x":"{{Base64UrlEncoder.Encode(q.X)}}","y":"{{Base64UrlEncoder.Encode(q.Y)}}"}""";
    }
}
