using System.Net;
using System.Text.Json.Nodes;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.SignedRequests;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>Plans of the basic profile: codes and refresh tokens once and for their client, and request objects.</summary>
public sealed class OidccCodeTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    private static readonly string[] Kept = ["iss", "sub", "aud", "auth_time"];

    public static TheoryData<string> Plans => OidccResponseTests.Plans;

    [Theory]
    [MemberData(nameof(Plans))]
    public Task oidcc_codereuse_is_invalid_grant(string mode) => ReusedCodeAsync(mode, TimeSpan.Zero);

    [Theory]
    [MemberData(nameof(Plans))]
    public Task oidcc_codereuse_30seconds_later_is_invalid_grant_and_ends_the_access_token(string mode) => ReusedCodeAsync(mode, TimeSpan.FromSeconds(30));

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_ensure_request_with_valid_pkce_succeeds(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var request = client.Request(("response_mode", mode));
        Assert.Equal("S256", request.Parameters["code_challenge_method"]);
        await client.TokensAsync(await host.PersonAsync(), request);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_refresh_token_works_names_the_same_person_and_is_of_its_client_alone(string mode)
    {
        var (client, other) = (await SuiteClient.RegisterAsync(host), await SuiteClient.RegisterAsync(host));
        var first = await client.TokensAsync(await host.PersonAsync(), client.Request(("scope", "openid offline_access"), ("prompt", "consent"), ("response_mode", mode)));
        using var refreshing = await client.RefreshAsync(first.GetProperty("refresh_token").GetString()!);
        var second = await OpenIdHost.JsonAsync(refreshing);
        Assert.NotEqual(first.GetProperty("access_token").GetString(), second.GetProperty("access_token").GetString());
        var (before, after) = (PersonHost.Claims(first, "id_token"), PersonHost.Claims(second, "id_token"));
        // OpenID Connect Core §12.2.
        Assert.All(Kept, name => Assert.Equal(before.GetProperty(name).ToString(), after.GetProperty(name).ToString()));
        Assert.False(after.TryGetProperty("nonce", out var nonce) && nonce.GetString() != "a nonce");

        using var stolen = await other.RefreshAsync(second.GetProperty("refresh_token").GetString()!);
        await OpenIdHost.AssertErrorAsync(stolen, HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_unsigned_request_object_supported_correctly_or_rejected_as_unsupported_is_rejected(string mode)
    {
        var (client, cookie) = (await SuiteClient.RegisterAsync(host), await host.PersonAsync());
        using var signing = new SigningClient();
        var request = client.Request(("response_mode", mode));
        var unsigned = $"{SigningClient.Encode("""{"alg":"none"}""")}.{SigningClient.Encode(ObjectOf(client, request).ToJsonString())}.";
        var answer = await client.AskAsync(cookie, client.Request(("request", unsigned), ("response_mode", mode)));
        Assert.Equal("invalid_request_object", answer.Error ?? "a page: " + (answer.Page.Contains("invalid_request_object", StringComparison.Ordinal) ? "invalid_request_object" : answer.Page));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported_is_rejected_and_never_fetched(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var answer = await client.AskAsync(await host.PersonAsync(), client.Request(("request_uri", "https://suite.example/request.jwt"), ("response_mode", mode)));
        Assert.False(answer.Parameters.ContainsKey("code"));
        Assert.Equal("request_uri_not_supported", answer.Error);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_ensure_request_object_with_redirect_uri_counts_and_the_one_beside_it_does_not(string mode)
    {
        using var signing = new SigningClient();
        await signing.RegisterAsync(host);
        var client = await SuiteClient.RegisterAsync(host);
        var request = signing.Request(("response_mode", mode));
        var address = signing.Address(signing.Sign(signing.Claims(request, host.Clock.GetUtcNow())), ("redirect_uri", "https://elsewhere.example/"));
        var answer = await client.AskAsync(await host.PersonAsync(), address);
        Assert.Equal(SigningClient.Callback, answer.Address!.GetLeftPart(UriPartial.Path));
        Assert.NotEqual("", answer.Code);
    }

    private static JsonObject ObjectOf(SuiteClient client, AuthorizationRequest request)
    {
        var claims = new JsonObject { ["iss"] = client.Id, ["aud"] = PersonHost.Issuer };
        foreach (var (name, value) in request.Parameters)
        {
            claims[name] = value;
        }

        return claims;
    }

    private async Task ReusedCodeAsync(string mode, TimeSpan later)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var request = client.Request(("response_mode", mode));
        var answer = await client.AskAsync(await host.PersonAsync(), request);
        var tokens = await client.TokensOfAsync(answer, request);
        host.Clock.Advance(later);
        using var again = await client.ExchangeAsync(answer.Code, request);
        await OpenIdHost.AssertErrorAsync(again, HttpStatusCode.BadRequest, "invalid_grant");
        using var userInfo = await host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, userInfo.StatusCode);
    }
}
