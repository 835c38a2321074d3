using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Dapper;
using TradeIdentity.Server.OpenId.Delegation;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.ClientChoices;

namespace TradeIdentity.Server.Tests.OpenId.Delegation;

public sealed class TokenExchangeTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private const string Resource = "https://api.partner.example/";

    private static readonly string[] Rights = ["gt:" + Grant, "gt:client_credentials", "scp:operators.read", "scp:verification", "rsrc:" + Resource];

    [Fact]
    public async Task A_system_gets_a_token_in_which_it_acts_for_the_person()
    {
        var client = await ChoosingClient.RegisterAsync(host, "forwarder", [], Rights);
        var account = await host.RegisterAsync(PersonHost.Tin);
        var tokens = await client.TokensAsync(await host.SignInAsync(account), "openid profile organization offline_access");

        var answer = await DoneAsync(client, tokens.GetProperty("access_token").GetString()!, ("scope", "organization"));

        Assert.Equal(AccessToken, answer.GetProperty("issued_token_type").GetString());
        Assert.False(answer.TryGetProperty("refresh_token", out _));
        Assert.False(answer.TryGetProperty("id_token", out _));
        var claims = PersonHost.Claims(answer, "access_token");
        Assert.Equal(account, claims.GetProperty("sub").GetString());
        Assert.Equal("forwarder", claims.GetProperty("act").GetProperty("sub").GetString());
        Assert.Equal("organization", claims.GetProperty("scope").GetString());
        Assert.Equal(PersonHost.Tin, claims.GetProperty("organization").GetProperty("tin").GetString());
        Assert.Equal(PersonHost.Issuer, claims.GetProperty("aud").GetString());
        Assert.True(claims.GetProperty("exp").GetInt64() <= PersonHost.Claims(tokens, "access_token").GetProperty("exp").GetInt64());

        // Once more by the same client: it is named once.
        var again = PersonHost.Claims(await DoneAsync(client, answer.GetProperty("access_token").GetString()!), "access_token");
        Assert.Equal("""{"sub":"forwarder"}""", again.GetProperty("act").GetRawText());
        Assert.Contains("token-exchanged", await host.Database.ReadAsync(async connection =>
            (await connection.QueryAsync<string>("SELECT act FROM audit_entries WHERE actor = 'forwarder' AND subject = @account", new { account })).AsList(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Scope_audience_and_time_only_ever_get_less()
    {
        var client = await ChoosingClient.RegisterAsync(host, "narrowing", [], Rights);
        var own = await OwnTokenAsync(client, ("scope", "operators.read"), ("resource", PersonHost.Issuer), ("resource", Resource));

        var narrowed = PersonHost.Claims(await DoneAsync(client, own, ("resource", Resource)), "access_token");
        Assert.Equal(Resource, narrowed.GetProperty("aud").GetString());
        Assert.False(narrowed.TryGetProperty("act", out _), "A client that acts for itself has nobody who acts for it.");

        await RefusedAsync(client, own, "invalid_scope", ("scope", "operators.read verification"));
        await RefusedAsync(client, own, "invalid_target", ("resource", "https://other.example/"));
        await RefusedAsync(client, own, "invalid_target", ("audience", "somebody"));
        var forIssuer = await OwnTokenAsync(client, ("scope", "operators.read"));
        await RefusedAsync(client, forIssuer, "invalid_target", ("resource", Resource));
        await RefusedAsync(client, forIssuer, "invalid_target", ("audience", Resource));
    }

    [Fact]
    public async Task A_token_of_another_client_is_no_subject()
    {
        var client = await ChoosingClient.RegisterAsync(host, "victim", [], Rights);
        var thief = await ChoosingClient.RegisterAsync(host, "thief", [], Rights);
        await RefusedAsync(thief, await OwnTokenAsync(client, ("scope", "operators.read")), "invalid_grant");
        var tokens = await client.TokensAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), "openid profile");
        await RefusedAsync(thief, tokens.GetProperty("access_token").GetString()!, "invalid_grant");
    }

    [Fact]
    public async Task What_is_no_access_token_is_no_subject()
    {
        var client = await ChoosingClient.RegisterAsync(host, "confused", [], Rights);
        var tokens = await client.TokensAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), "openid offline_access");
        await RefusedAsync(client, "x", "invalid_grant");
        await RefusedAsync(client, tokens.GetProperty("id_token").GetString()!, "invalid_grant");
        await RefusedAsync(client, tokens.GetProperty("refresh_token").GetString()!, "invalid_grant");
        foreach (var type in new[] { "urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:refresh_token", "urn:ietf:params:oauth:token-type:saml2" })
        {
            using var refused = await client.PostAsync("/connect/token", ("grant_type", Grant), ("subject_token", tokens.GetProperty("id_token").GetString()!), ("subject_token_type", type));
            await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.BadRequest, "invalid_request");
        }

        var own = tokens.GetProperty("access_token").GetString()!;
        await RefusedAsync(client, own, "invalid_request", ("actor_token", own), ("actor_token_type", AccessToken));
        await RefusedAsync(client, own, "invalid_request", ("requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token"));
        await RefusedAsync(client, own, "invalid_scope", ("scope", "openid"));
        await RefusedAsync(client, own, "invalid_scope", ("scope", "offline_access"));
    }

    [Fact]
    public async Task Only_a_client_that_is_permitted_may_exchange()
    {
        var client = await ChoosingClient.RegisterAsync(host, "unpermitted", [], "gt:client_credentials", "scp:operators.read");
        await RefusedAsync(client, await OwnTokenAsync(client, ("scope", "operators.read")), "unauthorized_client");
    }

    [Fact]
    public async Task A_resource_that_a_client_is_not_permitted_is_refused_and_one_that_it_is_becomes_the_audience()
    {
        var client = await ChoosingClient.RegisterAsync(host, "targeted", [], Rights);
        using var other = await client.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("resource", "https://other.example/"));
        await OpenIdHost.AssertErrorAsync(other, HttpStatusCode.BadRequest, "invalid_target");
        using var fragment = await client.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("resource", Resource + "#x"));
        Assert.Equal(HttpStatusCode.BadRequest, fragment.StatusCode);

        var forPartner = await OwnTokenAsync(client, ("scope", "operators.read"), ("resource", Resource));
        using var parsed = JsonDocument.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(forPartner.Split('.')[1]));
        Assert.Equal(Resource, parsed.RootElement.GetProperty("aud").GetString());
        // RFC 9068 §4: this server's own API is not its audience.
        using var api = await host.GetAsync("/api/v1/operators?query=x", bearer: forPartner);
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
    }

    [Fact]
    public void A_chain_of_actors_keeps_its_order_and_ends_at_four()
    {
        var subject = new ClaimsPrincipal(new ClaimsIdentity([new("sub", "ada")]));
        foreach (var client in new[] { "a", "b", "c", "d" })
        {
            Assert.True(ActorChain.TryExtend(subject, client, out var chain));
            subject = new ClaimsPrincipal(new ClaimsIdentity([new("sub", "ada"), chain!]));
        }

        Assert.Equal("""{"sub":"d","act":{"sub":"c","act":{"sub":"b","act":{"sub":"a"}}}}""", subject.FindFirst("act")!.Value);
        Assert.True(ActorChain.TryExtend(subject, "d", out _));
        Assert.False(ActorChain.TryExtend(subject, "e", out _));
    }

    private static async Task<string> OwnTokenAsync(ChoosingClient client, params (string Name, string Value)[] more)
    {
        using var response = await client.PostAsync("/connect/token", [("grant_type", "client_credentials"), .. more]);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, json.ToString());
        return json.GetProperty("access_token").GetString()!;
    }

    private static async Task<JsonElement> DoneAsync(ChoosingClient client, string token, params (string Name, string Value)[] more)
    {
        using var response = await ExchangeAsync(client, token, more);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, json.ToString());
        return json;
    }

    private static async Task RefusedAsync(ChoosingClient client, string token, string error, params (string Name, string Value)[] more)
    {
        using var response = await ExchangeAsync(client, token, more);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, error);
    }

    private static Task<HttpResponseMessage> ExchangeAsync(ChoosingClient client, string token, (string Name, string Value)[] more) =>
        client.PostAsync("/connect/token", [("grant_type", Grant), ("subject_token", token), ("subject_token_type", AccessToken), .. more]);
}
