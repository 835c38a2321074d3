using System.Net;
using System.Text.Json;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>Plans of the basic profile: scopes, claims, and the UserInfo endpoint.</summary>
public sealed class OidccClaimsTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    private static readonly string[] All = ["name", "email", "organization", "roles", "aeo"];

    public static TheoryData<string> Plans => OidccResponseTests.Plans;

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_userinfo_get_answers(string mode)
    {
        var (_, tokens, claims) = await SignedInAsync(mode);
        using var response = await host.GetAsync("/connect/userinfo", bearer: Token(tokens));
        await AnswersAsync(response, claims);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_userinfo_post_header_answers(string mode)
    {
        var (_, tokens, claims) = await SignedInAsync(mode);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/userinfo") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Authorization = new("Bearer", Token(tokens));
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await AnswersAsync(response, claims);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_userinfo_post_body_answers(string mode)
    {
        var (_, tokens, claims) = await SignedInAsync(mode);
        using var response = await host.Http.PostAsync(
            new Uri("/connect/userinfo", UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("access_token", Token(tokens))]), TestContext.Current.CancellationToken);
        await AnswersAsync(response, claims);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_scope_profile_gives_the_name_at_UserInfo(string mode)
    {
        var claims = await UserInfoAsync(mode, "openid profile");
        Assert.Equal(("Ada Example", "Ada", "Example"), (Text(claims, "name"), Text(claims, "given_name"), Text(claims, "family_name")));
        Assert.False(claims.TryGetProperty("email", out _));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_scope_email_gives_the_address_at_UserInfo_and_whether_it_is_verified(string mode)
    {
        var claims = await UserInfoAsync(mode, "openid email");
        Assert.EndsWith("@trader.example", Text(claims, "email"), StringComparison.Ordinal);
        Assert.True(claims.GetProperty("email_verified").GetBoolean());
        Assert.False(claims.TryGetProperty("name", out _));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public Task oidcc_scope_address_is_not_offered_and_not_asked_of_anybody(string mode) => IsNotOfferedAsync(mode, "address");

    [Theory]
    [MemberData(nameof(Plans))]
    public Task oidcc_scope_phone_is_not_offered_and_not_asked_of_anybody(string mode) => IsNotOfferedAsync(mode, "phone");

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_scope_all_gives_all_that_is_offered(string mode)
    {
        var claims = await UserInfoAsync(mode, "openid profile email organization aeo");
        Assert.All(All, name => Assert.True(claims.TryGetProperty(name, out _), name));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_claims_essential_gives_the_name_that_no_scope_asked_for(string mode)
    {
        var (client, tokens, _) = await SignedInAsync(mode, "openid", ("claims", """{"userinfo":{"name":{"essential":true}}}"""));
        Assert.Equal("Ada Example", Text(await client.UserInfoAsync(tokens), "name"));
    }

    private static string Token(JsonElement tokens) => tokens.GetProperty("access_token").GetString()!;

    private static string? Text(JsonElement claims, string name) => claims.GetProperty(name).GetString();

    private static async Task AnswersAsync(HttpResponseMessage response, JsonElement idToken)
    {
        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var claims = await OpenIdHost.JsonAsync(response);
        Assert.Equal(Text(idToken, "sub"), Text(claims, "sub"));
        Assert.Equal(PersonHost.Issuer, Text(claims, "iss"));
    }

    private async Task<(SuiteClient Client, JsonElement Tokens, JsonElement IdToken)> SignedInAsync(string mode, string scope = "openid profile", params (string Name, string? Value)[] more)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var tokens = await client.TokensAsync(await host.PersonAsync(), client.Request([("scope", scope), ("response_mode", mode), .. more]));
        return (client, tokens, PersonHost.Claims(tokens, "id_token"));
    }

    private async Task<JsonElement> UserInfoAsync(string mode, string scope)
    {
        var (client, tokens, _) = await SignedInAsync(mode, scope);
        return await client.UserInfoAsync(tokens);
    }

    // The suite leaves these modules out where scopes_supported does not name the scope.
    private async Task IsNotOfferedAsync(string mode, string scope)
    {
        using var discovery = await host.GetAsync("/.well-known/openid-configuration");
        Assert.DoesNotContain(scope, (await OpenIdHost.JsonAsync(discovery)).GetProperty("scopes_supported").EnumerateArray().Select(value => value.GetString()));
        var client = await SuiteClient.RegisterAsync(host);
        var answer = await client.AskAsync(await host.PersonAsync(), client.Request(("scope", $"openid {scope}"), ("response_mode", mode)));
        Assert.Equal((true, "invalid_scope"), (answer.IsToClient, answer.Error));
    }
}
