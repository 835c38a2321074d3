using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Server.Tests.Api;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Webhooks;

/// <summary>Notices pushed to a receiver over TLS (RFC 8935), as signed Security Event Tokens (RFC 8417).</summary>
public sealed class WebhookTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_receiver_is_asked_told_of_an_act_and_can_check_who_says_so()
    {
        var token = await AdministratorAsync();
        var address = $"https://notices.flowers.example/{nameof(A_receiver_is_asked_told_of_an_act_and_can_check_who_says_so).Length}";
        using var added = await SendAsync(HttpMethod.Post, "", token, $$"""{"address":"{{address}}"}""");
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var webhook = (await OpenIdHost.JsonAsync(added)).GetProperty("id").GetString();

        var asked = await CheckAsync(await host.NextAsync(TestContext.Current.CancellationToken), address);
        Assert.True(Event(asked).NameEquals("https://schemas.openid.net/secevent/ssf/event-type/verification"));
        await UntilAsync(token, webhook, page => page[0].GetProperty("state").GetString() == "delivered");

        var mandate = await GrantAsync();
        var told = await CheckAsync(await host.NextAsync(TestContext.Current.CancellationToken), address);
        Assert.Equal("urn:tradeidentity:notice:mandate-granted", Event(told).Name);
        Assert.Equal(mandate, Event(told).Value.GetProperty("about").GetString());
        Assert.Equal("direct", Event(told).Value.GetProperty("facts").GetProperty("representation").GetString());
        Assert.Equal(PersonHost.Tin, told.GetProperty("sub_id").GetProperty("id").GetString());
        var log = await UntilAsync(token, webhook, page => page[0].GetProperty("state").GetString() == "delivered");
        Assert.Equal(
            ("mandate-granted", 202, told.GetProperty("jti").GetString()),
            (log[0].GetProperty("kind").GetString(), log[0].GetProperty("answer").GetInt32(), log[0].GetProperty("id").GetString()));

        // Once more by hand: the same jti, by which a receiver knows it.
        using var resent = await SendAsync(HttpMethod.Post, $"/{webhook}/deliveries/{log[0].GetProperty("id").GetString()}/resend", token);
        Assert.Equal(HttpStatusCode.Accepted, resent.StatusCode);
        Assert.Equal(told.GetProperty("jti").GetString(), (await CheckAsync(await host.NextAsync(TestContext.Current.CancellationToken), address)).GetProperty("jti").GetString());
        using var removed = await SendAsync(HttpMethod.Delete, $"/{webhook}", token);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_redirect_is_not_followed_and_is_no_answer()
    {
        host.Status = 307;
        var token = await AdministratorAsync();
        using var added = await SendAsync(HttpMethod.Post, "", token, """{"address":"https://turning.flowers.example/"}""");
        var webhook = (await OpenIdHost.JsonAsync(added)).GetProperty("id").GetString();
        Assert.Equal("https://turning.flowers.example/", (await host.NextAsync(TestContext.Current.CancellationToken)).Address);
        var log = await UntilAsync(token, webhook, page => page[0].TryGetProperty("answer", out _));
        Assert.Equal(("waiting", 307), (log[0].GetProperty("state").GetString(), log[0].GetProperty("answer").GetInt32()));
        host.Status = 202;
        using var removed = await SendAsync(HttpMethod.Delete, $"/{webhook}", token);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }

    [Fact]
    public async Task Another_company_and_a_representative_get_nowhere()
    {
        var token = await AdministratorAsync();
        using var added = await SendAsync(HttpMethod.Post, "", token, """{"address":"https://own.flowers.example/"}""");
        var webhook = (await OpenIdHost.JsonAsync(added)).GetProperty("id").GetString();
        await host.NextAsync(TestContext.Current.CancellationToken);

        var stranger = await host.AccessTokenAsync(await host.RegisterAsync(PersonHost.OtherTin), "webhooks", PersonHost.OtherTin);
        using var listed = await SendAsync(HttpMethod.Get, "", stranger);
        Assert.Empty((await OpenIdHost.JsonAsync(listed)).GetProperty("items").EnumerateArray());
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Delete, $"/{webhook}"), (HttpMethod.Post, $"/{webhook}/test"), (HttpMethod.Get, $"/{webhook}/deliveries"), (HttpMethod.Post, $"/{webhook}/deliveries/x/resend")])
        {
            using var refused = await SendAsync(method, path, stranger);
            await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "webhook_unknown", refused);
        }

        var person = await host.RegisterAsync(PersonHost.Tin);
        var representative = await host.AccessTokenAsync(person, "webhooks", PersonHost.Tin);
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE memberships SET roles = 'representative' WHERE account_id = @person", new { person }), Cancellation);
        using var read = await SendAsync(HttpMethod.Get, "", representative);
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "webhook_administrator_required", read);
        using var removed = await SendAsync(HttpMethod.Delete, $"/{webhook}", token);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }

    [Theory]
    [InlineData("""{"address":"http://notices.flowers.example/"}""", HttpStatusCode.UnprocessableEntity, "webhook_address_invalid")]
    [InlineData("""{"address":"https://169.254.169.254@localhost/"}""", HttpStatusCode.UnprocessableEntity, "webhook_address_invalid")]
    [InlineData("""{"address":"https://a.example/","secret":"x"}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "body_invalid")]
    public async Task What_is_wrong_has_a_code(string json, HttpStatusCode status, string code)
    {
        using var refused = await SendAsync(HttpMethod.Post, "", await AdministratorAsync(), json);
        await ProblemAssert.IsAsync(status, code, refused);
    }

    private static JsonProperty Event(JsonElement claims) => Assert.Single(claims.GetProperty("events").EnumerateObject());

    private async Task<JsonElement> CheckAsync(WebhookHost.Received received, string address)
    {
        Assert.Equal(("POST", address, "application/secevent+jwt"), (received.Method, received.Address, received.ContentType));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(received.Body, new TokenValidationParameters
        {
            ValidIssuer = PersonHost.Issuer,
            ValidAudience = address,
            ValidTypes = ["secevent+jwt"],
            ValidAlgorithms = ["ES256"],
            RequireExpirationTime = false,
            IssuerSigningKeys = new JsonWebKeySet(await host.Http.GetStringAsync(new Uri("/.well-known/jwks", UriKind.Relative), Cancellation)).GetSigningKeys(),
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(received.Body.Split('.')[1])).RootElement;
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("iat").GetInt64()), TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
        return claims;
    }

    private async Task<JsonElement[]> UntilAsync(string token, string? webhook, Func<JsonElement[], bool> holds)
    {
        while (true)
        {
            using var response = await SendAsync(HttpMethod.Get, $"/{webhook}/deliveries", token);
            var page = (await OpenIdHost.JsonAsync(response)).GetProperty("items").EnumerateArray().ToArray();
            if (holds(page))
            {
                return page;
            }

            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task<string?> GrantAsync()
    {
        var token = await host.AccessTokenAsync(await host.RegisterAsync(PersonHost.Tin), "mandates.write", PersonHost.Tin);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/mandates")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
            Content = new StringContent(
                $$"""{"grantor":"{{PersonHost.Tin}}","representative":{"tin":"{{PersonHost.OtherTin}}"},"kind":"direct","validUntil":"2029-12-31T00:00:00Z"}""", Encoding.UTF8, "application/json"),
        };
        using var granted = await host.Http.SendAsync(request, Cancellation);
        return (await OpenIdHost.JsonAsync(granted)).GetProperty("id").GetString();
    }

    private async Task<string> AdministratorAsync() => await host.AccessTokenAsync(await host.RegisterAsync(PersonHost.Tin), "webhooks", PersonHost.Tin);

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string token, string? json = null) => host.Http.SendAsync(
        new HttpRequestMessage(method, string.Create(CultureInfo.InvariantCulture, $"/api/v1/webhooks{path}"))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
        },
        Cancellation);
}
