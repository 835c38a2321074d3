using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>The plan of clients that register themselves, where it goes beyond the basic one.</summary>
public sealed class OidccDynamicTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    [Fact]
    public async Task oidcc_idtoken_rs256_is_signed_so_for_who_asks_for_it()
    {
        var client = await SuiteClient.RegisterAsync(host, ("id_token_signed_response_alg", "RS256"));
        var token = (await client.TokensAsync(await host.PersonAsync(), client.Request())).GetProperty("id_token").GetString()!;
        Assert.Equal("RS256", new JsonWebToken(token).Alg);
        Assert.True((await OidccResponseTests.ValidateAsync(host, token, client.Id)).IsValid);
    }

    [Fact]
    public async Task oidcc_userinfo_rs256_is_a_JWT_for_its_client()
    {
        var client = await SuiteClient.RegisterAsync(host, ("userinfo_signed_response_alg", "RS256"));
        var tokens = await client.TokensAsync(await host.PersonAsync(), client.Request());
        using var response = await host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("access_token").GetString());
        Assert.Equal("application/jwt", response.Content.Headers.ContentType?.MediaType);
        var jwt = new JsonWebToken(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("RS256", PersonHost.Issuer, client.Id), (jwt.Alg, jwt.Issuer, jwt.Audiences.Single()));
        Assert.Equal(PersonHost.Claims(tokens, "id_token").GetProperty("sub").GetString(), jwt.Subject);
    }

    [Fact]
    public async Task oidcc_ensure_redirect_uri_in_authorization_request_or_the_person_is_told()
    {
        var client = await SuiteClient.RegisterAsync(host, ("redirect_uris", new JsonArray(SuiteClient.Callback, "https://suite.example/second")));
        Assert.True((await client.AskAsync(await host.PersonAsync(), client.Request(("redirect_uri", null)))).IsErrorPage);
    }

    [Fact]
    public async Task oidcc_redirect_uri_query_OK_comes_back_with_the_registered_query()
    {
        const string WithQuery = SuiteClient.Callback + "?foo=bar";
        var client = await SuiteClient.RegisterAsync(host, ("redirect_uris", new JsonArray(WithQuery)));
        var answer = await client.AskAsync(await host.PersonAsync(), client.Request(("redirect_uri", WithQuery)));
        Assert.Equal("bar", answer.Parameters["foo"]);
        Assert.NotEqual("", answer.Code);
    }

    [Theory]
    [InlineData("?foo=baz")]
    [InlineData("?foo=bar&foo=baz")]
    [InlineData("")]
    public async Task oidcc_redirect_uri_query_mismatch_is_shown_to_the_person(string query)
    {
        var client = await SuiteClient.RegisterAsync(host, ("redirect_uris", new JsonArray(SuiteClient.Callback + "?foo=bar")));
        Assert.True((await client.AskAsync(await host.PersonAsync(), client.Request(("redirect_uri", SuiteClient.Callback + query)))).IsErrorPage);
    }

    [Fact]
    public async Task oidcc_redirect_uri_query_added_is_shown_to_the_person()
    {
        var client = await SuiteClient.RegisterAsync(host);
        Assert.True((await client.AskAsync(await host.PersonAsync(), client.Request(("redirect_uri", SuiteClient.Callback + "?foo=bar")))).IsErrorPage);
    }

    [Fact]
    public async Task oidcc_redirect_uri_regfrag_is_not_registered()
    {
        using var response = await host.RegisterClientAsync(SuiteClient.Metadata(("redirect_uris", new JsonArray(SuiteClient.Callback + "#foobar"))));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_redirect_uri");
    }

    [Fact]
    public async Task oidcc_registration_policy_uri_is_linked_where_the_person_decides() =>
        Assert.Contains("href=\"https://suite.example/policy\"", await ConsentPageAsync(("policy_uri", "https://suite.example/policy")), StringComparison.Ordinal);

    [Fact]
    public async Task oidcc_registration_tos_uri_is_linked_where_the_person_decides() =>
        Assert.Contains("href=\"https://suite.example/terms\"", await ConsentPageAsync(("tos_uri", "https://suite.example/terms")), StringComparison.Ordinal);

    [Fact]
    public async Task oidcc_registration_jwks_uri_is_where_the_keys_of_the_client_are_read()
    {
        var keys = new SuiteKeys();
        host.Site.Documents["/jwks"] = keys.Public;
        var client = await SuiteClient.RegisterAsync(host, ("token_endpoint_auth_method", ClientAuthenticationMethod), ("jwks_uri", "https://jwks.suite.example/jwks"));
        var request = client.Request();
        var answer = await client.AskAsync(await host.PersonAsync(), request);
        using var tokens = await ExchangeAsync(client, request, answer.Code, keys.Assertion(host, client.Id));
        Assert.Equal(HttpStatusCode.OK, tokens.StatusCode);
    }

    [Fact]
    public async Task oidcc_refresh_token_rp_key_rotation_is_noticed_at_the_next_request()
    {
        var (before, after) = (new SuiteKeys(), new SuiteKeys());
        host.Site.Documents["/rotating"] = before.Public;
        var client = await SuiteClient.RegisterAsync(host, ("token_endpoint_auth_method", ClientAuthenticationMethod), ("jwks_uri", "https://jwks.suite.example/rotating"));
        var request = client.Request(("scope", "openid offline_access"));
        var answer = await client.AskAsync(await host.PersonAsync(), request);
        using var tokens = await ExchangeAsync(client, request, answer.Code, before.Assertion(host, client.Id));
        var refreshToken = (await OpenIdHost.JsonAsync(tokens)).GetProperty("refresh_token").GetString()!;

        host.Site.Documents["/rotating"] = after.Public;
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        using var refreshed = await client.PostAnonymouslyAsync("/connect/token", [("grant_type", "refresh_token"), ("refresh_token", refreshToken), .. SuiteKeys.Form(client.Id, after.Assertion(host, client.Id))]);
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
    }

    [Fact]
    public async Task oidcc_registration_sector_uri_that_lists_the_redirect_address_is_taken()
    {
        host.Site.Documents["/sector"] = $"[\"{SuiteClient.Callback}\"]";
        var client = await SuiteClient.RegisterAsync(host, ("subject_type", "pairwise"), ("sector_identifier_uri", "https://sector.suite.example/sector"));
        var account = await host.RegisterAsync(PersonHost.Tin);
        var tokens = await client.TokensAsync(await host.SignInAsync(account), client.Request());
        Assert.NotEqual(account, PersonHost.Claims(tokens, "id_token").GetProperty("sub").GetString());
    }

    [Fact]
    public async Task oidcc_registration_sector_bad_that_does_not_list_it_is_refused()
    {
        host.Site.Documents["/bad-sector"] = """["https://suite.example/elsewhere"]""";
        using var response = await host.RegisterClientAsync(SuiteClient.Metadata(("subject_type", "pairwise"), ("sector_identifier_uri", "https://sector.suite.example/bad-sector")));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_client_metadata");
    }

    [Fact]
    public async Task oidcc_ensure_client_assertion_with_iss_aud_succeeds()
    {
        var keys = new SuiteKeys();
        var client = await SuiteClient.RegisterAsync(host, ("token_endpoint_auth_method", ClientAuthenticationMethod), ("jwks", JsonNode.Parse(keys.Public)));
        var request = client.Request();
        var answer = await client.AskAsync(await host.PersonAsync(), request);
        using var tokens = await ExchangeAsync(client, request, answer.Code, keys.Assertion(host, client.Id, claims => claims["aud"] = PersonHost.Issuer));
        Assert.Equal(HttpStatusCode.OK, tokens.StatusCode);
    }

    [Fact]
    public async Task oidcc_3rd_party_init_login_is_registered_and_given_back()
    {
        var client = await SuiteClient.RegisterAsync(host, ("initiate_login_uri", "https://suite.example/start"));
        using var managed = await host.GetAsync(new Uri(client.Registered.GetProperty("registration_client_uri").GetString()!).AbsolutePath, bearer: client.Registered.GetProperty("registration_access_token").GetString());
        foreach (var document in new[] { client.Registered, await OpenIdHost.JsonAsync(managed) })
        {
            Assert.Equal("https://suite.example/start", document.GetProperty("initiate_login_uri").GetString());
        }
    }

    [Fact]
    public async Task oidcc_3rd_party_init_login_nohttps_is_refused()
    {
        using var response = await host.RegisterClientAsync(SuiteClient.Metadata(("initiate_login_uri", "http://suite.example/start")));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_client_metadata");
    }

    private const string ClientAuthenticationMethod = "private_key_jwt";

    private static Task<HttpResponseMessage> ExchangeAsync(SuiteClient client, AuthorizationRequest request, string code, string assertion) => client.PostAnonymouslyAsync(
        "/connect/token", [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", request.RedirectUri), ("code_verifier", request.Verifier), .. SuiteKeys.Form(client.Id, assertion)]);

    private async Task<string> ConsentPageAsync((string Name, JsonNode? Value) metadata)
    {
        var client = await SuiteClient.RegisterAsync(host, metadata);
        var cookie = await host.PersonAsync();
        var page = await host.AuthorizeAsync(cookie, client.Request().Address);
        Assert.Equal("/consent", page.AbsolutePath);
        using var response = await host.GetAsync(page.PathAndQuery, cookie);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
