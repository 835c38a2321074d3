using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Server.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.SignedRequests;

/// <summary>RFC 9101 at the authorization endpoint.</summary>
public sealed class RequestObjectTests(PersonHost host) : IClassFixture<PersonHost>, IDisposable
{
    private readonly SigningClient _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("ES256", "oauth-authz-req+jwt")]
    [InlineData("PS256", null)]
    [InlineData("RS256", "JWT")]
    public async Task A_signed_request_leads_to_tokens_and_comes_back_from_the_pages(string algorithm, string? type)
    {
        await _client.RegisterAsync(host);
        var request = _client.Request(("scope", "openid profile"));
        var address = _client.Address(_client.Sign(_client.Claims(request), algorithm, type));
        var account = await host.RegisterAsync(PersonHost.Tin);
        var signIn = await host.AuthorizeAsync(null, address);
        Assert.Equal("/sign-in", signIn.AbsolutePath);

        var cookie = await host.SignInAsync(account);
        var answer = Query(await host.AnswerAsync(await host.AuthorizeAsync(cookie, PersonHost.ReturnUrl(signIn)), cookie));

        Assert.Equal("a state", answer["state"]);
        using var tokens = await ExchangeAsync(request, answer["code"]!);
        var json = await OpenIdHost.JsonAsync(tokens);
        Assert.True(tokens.StatusCode == HttpStatusCode.OK, json.ToString());
        Assert.Equal("a nonce", PersonHost.Claims(json, "id_token").GetProperty("nonce").GetString());
    }

    [Fact]
    public async Task A_signed_request_can_be_posted()
    {
        await _client.RegisterAsync(host);
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        using var post = new HttpRequestMessage(HttpMethod.Post, "/connect/authorize")
        {
            Headers = { { "Cookie", cookie } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = _client.Id, ["request"] = _client.Sign(_client.Claims(_client.Request())) }),
        };

        using var response = await host.Http.SendAsync(post, TestContext.Current.CancellationToken);

        var there = new Uri(host.Http.BaseAddress!, response.Headers.Location!);
        Assert.Contains("code", Query(await host.AnswerAsync(there, cookie)));
    }

    [Fact]
    public async Task Only_what_the_object_says_counts()
    {
        await _client.RegisterAsync(host);
        var requestObject = _client.Sign(_client.Claims(_client.Request(("scope", "openid"), ("nonce", null))));
        var address = _client.Address(requestObject, ("scope", "openid profile organization"), ("state", "another state"), ("redirect_uri", "https://attacker.example/"), ("prompt", "none"), ("response_mode", "form_post"), ("nonce", "smuggled"));
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));

        var page = await host.AuthorizeAsync(cookie, address);
        var there = await host.AnswerAsync(page, cookie);

        Assert.StartsWith(SigningClient.Callback, there.ToString(), StringComparison.Ordinal);
        Assert.Equal("a state", Query(there)["state"]);
    }

    [Fact]
    public async Task What_is_not_text_is_carried_as_what_it_is()
    {
        await _client.RegisterAsync(host);
        var request = _client.Request(("scope", "openid organization"));
        var claims = _client.Claims(request);
        claims["max_age"] = 60;
        claims["claims"] = JsonNode.Parse("""{"id_token":{"given_name":null}}""");
        claims["authorization_details"] = JsonNode.Parse($$"""[{"type":"acting_for","organization":"{{PersonHost.Tin}}"}]""");
        var account = await host.RegisterAsync(PersonHost.Tin, PersonHost.OtherTin);
        var address = _client.Address(_client.Sign(claims));

        var old = await host.AuthorizeAsync(await host.SignInAsync(account, secondsAgo: 300), address);
        Assert.Equal("/sign-in", old.AbsolutePath);
        var cookie = await host.SignInAsync(account);
        var there = Query(await host.AnswerAsync(await host.AuthorizeAsync(cookie, PersonHost.ReturnUrl(old)), cookie));
        using var response = await ExchangeAsync(request, there["code"]!);
        var tokens = await OpenIdHost.JsonAsync(response);

        Assert.True(response.StatusCode == HttpStatusCode.OK, tokens.ToString());
        Assert.Equal("Ada", PersonHost.Claims(tokens, "id_token").GetProperty("given_name").GetString());
        Assert.Equal(PersonHost.Tin, tokens.GetProperty("authorization_details")[0].GetProperty("organization").GetString());
    }

    [Fact]
    public async Task An_object_leads_to_one_code()
    {
        await _client.RegisterAsync(host);
        var address = _client.Address(_client.Sign(_client.Claims(_client.Request())));
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        Assert.Contains("code", Query(await host.AnswerAsync(await host.AuthorizeAsync(cookie, address), cookie)));

        Assert.Equal("invalid_request_object", Query(await host.AuthorizeAsync(cookie, address))["error"]);
    }

    [Fact]
    public async Task Where_the_object_says_no_jti_the_object_itself_is_good_once()
    {
        await _client.RegisterAsync(host);
        var claims = _client.Claims(_client.Request());
        claims.Remove("jti");
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        Assert.Contains("code", Query(await host.AnswerAsync(await host.AuthorizeAsync(cookie, _client.Address(_client.Sign(claims))), cookie)));

        // Another signature of the same.
        Assert.Equal("invalid_request_object", Query(await host.AuthorizeAsync(cookie, _client.Address(_client.Sign(claims), ("redirect_uri", SigningClient.Callback))))["error"]);
    }

    [Fact]
    public async Task The_time_that_a_person_takes_for_the_pages_does_not_count()
    {
        await _client.RegisterAsync(host);
        var address = _client.Address(_client.Sign(_client.Claims(_client.Request(), TimeProvider.System.GetUtcNow().AddMinutes(-5))));
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        await RefusedAsync(address);

        var http = new DefaultHttpContext { Request = { Method = "GET", QueryString = new QueryString(address[address.IndexOf('?', StringComparison.Ordinal)..]) } };
        var ticket = new Interaction { ClientId = _client.Id, Scopes = [], RequestDigest = RawRequest.Of(http.Request).Digest, AskedAt = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() };
        var interactions = host.Services.GetRequiredService<Interactions>();
        Assert.Equal("/consent", (await host.AuthorizeAsync(cookie, interactions.WithTicket(address, ticket))).AbsolutePath);
        await RefusedAsync(interactions.WithTicket(address, ticket with { RequestDigest = "of another request" }));
    }

    public static TheoryData<string, string?> BadClaims => new()
    {
        { "iss", null },
        { "iss", "\"agency\"" },
        { "client_id", null },
        { "client_id", "\"agency\"" },
        { "aud", null },
        { "aud", "\"https://other.example\"" },
        { "aud", "[\"http://localhost:5080\",\"https://other.example\"]" },
        { "aud", "[]" },
        { "exp", null },
        { "exp", "1" },
        { "exp", "253402300799" },
        { "exp", "\"tomorrow\"" },
        { "nbf", "253402300799" },
        { "nbf", "\"yesterday\"" },
        { "jti", "7" },
        { "jti", "\"\"" },
        { "request", "\"x\"" },
        { "request_uri", "\"urn:ietf:params:oauth:request_uri:x\"" },
        { "client_secret", "\"x\"" },
        { "client_assertion", "\"x\"" },
        { "nonce", "null" },
        { "nonce", "\"\\ud800\"" },
        { "resource", "[1]" },
        { "resource", "[\"\\ud800\"]" },
    };

    [Theory]
    [MemberData(nameof(BadClaims))]
    public async Task An_object_that_says_something_wrong_is_refused(string claim, string? json)
    {
        await _client.RegisterAsync(host);
        var claims = _client.Claims(_client.Request());
        claims.Remove(claim);
        var text = claims.ToJsonString();
        await RefusedAsync(_client.Address(_client.Sign(json is null ? text : $"{text[..^1]},\"{claim}\":{json}}}")));
    }

    [Fact]
    public async Task An_object_that_could_be_a_client_assertion_is_refused()
    {
        await _client.RegisterAsync(host);
        var claims = _client.Claims(_client.Request());
        claims["sub"] = _client.Id;
        await RefusedAsync(_client.Address(_client.Sign(claims)));
    }

    [Fact]
    public async Task A_name_that_comes_twice_is_refused()
    {
        await _client.RegisterAsync(host);
        var text = _client.Claims(_client.Request()).ToJsonString();
        await RefusedAsync(_client.Address(_client.Sign(text[..^1] + ",\"scope\":\"openid profile\"}")));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9..")]
    public async Task What_is_no_signed_JWT_is_refused(string requestObject)
    {
        await _client.RegisterAsync(host);
        await RefusedAsync(_client.Address(requestObject));
    }

    [Fact]
    public async Task An_unsigned_object_is_refused()
    {
        await _client.RegisterAsync(host);
        var payload = SigningClient.Encode(_client.Claims(_client.Request()).ToJsonString());
        foreach (var algorithm in new[] { "none", "None", "NONE", "" })
        {
            await RefusedAsync(_client.Address($"{SigningClient.Encode($$"""{"alg":"{{algorithm}}","typ":"oauth-authz-req+jwt"}""")}.{payload}."));
        }
    }

    [Fact]
    public async Task A_public_key_taken_for_an_HMAC_secret_is_refused()
    {
        await _client.RegisterAsync(host);
        byte[][] secrets = [_client.RsaKey.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(_client.RsaKey.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(_client.Keys), Encoding.ASCII.GetBytes(SigningClient.Secret)];
        foreach (var secret in secrets)
        {
            var text = $"{SigningClient.Encode("""{"alg":"HS256","kid":"rsa"}""")}.{SigningClient.Encode(_client.Claims(_client.Request()).ToJsonString())}";
            await RefusedAsync(_client.Address($"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)))}"));
        }
    }

    [Fact]
    public async Task Another_clients_key_and_a_key_in_the_header_are_refused()
    {
        await _client.RegisterAsync(host);
        using var other = new SigningClient();
        await other.RegisterAsync(host);
        var claims = _client.Claims(_client.Request());
        await RefusedAsync(_client.Address(other.Sign(claims)));

        var q = other.Key.ExportParameters(false).Q;
        var text = $"{SigningClient.Encode($$$"""{"alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"{{{Base64UrlEncoder.Encode(q.X!)}}}","y":"{{{Base64UrlEncoder.Encode(q.Y!)}}}"}}""")}.{SigningClient.Encode(claims.ToJsonString())}";
        await RefusedAsync(_client.Address($"{text}.{Base64UrlEncoder.Encode(other.Key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}"));
    }

    [Fact]
    public async Task An_object_for_another_client_is_refused_though_it_is_well_signed()
    {
        await _client.RegisterAsync(host);
        using var other = new SigningClient();
        await other.RegisterAsync(host);
        await RefusedAsync(other.Address(_client.Sign(_client.Claims(_client.Request()))));
    }

    [Theory]
    [InlineData("PS512", "oauth-authz-req+jwt")]
    [InlineData("ES256", "at+jwt")]
    [InlineData("ES256", "client-authentication+jwt")]
    public async Task Another_algorithm_or_type_is_refused(string algorithm, string type)
    {
        await _client.RegisterAsync(host);
        await RefusedAsync(_client.Address(_client.Sign(_client.Claims(_client.Request()), algorithm, type)));
    }

    [Fact]
    public async Task The_algorithm_that_the_client_registered_is_the_only_one()
    {
        await _client.RegisterAsync(host, ("request_object_signing_alg", "PS256"));
        await RefusedAsync(_client.Address(_client.Sign(_client.Claims(_client.Request()), "RS256")));
        Assert.Equal("/sign-in", (await host.AuthorizeAsync(null, _client.Address(_client.Sign(_client.Claims(_client.Request()), "PS256")))).AbsolutePath);
    }

    [Fact]
    public async Task A_huge_object_is_refused()
    {
        await _client.RegisterAsync(host);
        using var response = await host.Http.PostAsync(
            new Uri("/connect/authorize", UriKind.Relative),
            new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = _client.Id, ["request"] = _client.Sign(_client.Claims(_client.Request(("login_hint", new string('x', 8000))))) }),
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("request", "second")]
    [InlineData("client_id", "agency")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x")]
    public async Task An_ambiguous_request_is_refused(string name, string value)
    {
        await _client.RegisterAsync(host);
        await RefusedAsync($"{_client.Address(_client.Sign(_client.Claims(_client.Request())))}&{name}={value}", "invalid_request");
    }

    [Fact]
    public async Task Without_its_client_beside_it_an_object_is_refused()
    {
        await _client.RegisterAsync(host);
        await RefusedAsync("/connect/authorize?request=" + _client.Sign(_client.Claims(_client.Request())), "invalid_request");
        await RefusedAsync("/connect/authorize?client_id=nobody&request=" + _client.Sign(_client.Claims(_client.Request())), "invalid_request");
    }

    [Fact]
    public async Task A_document_elsewhere_is_never_fetched()
    {
        await _client.RegisterAsync(host);
        var answer = await host.AuthorizeAsync(null, QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?>
        {
            ["client_id"] = _client.Id,
            ["redirect_uri"] = SigningClient.Callback,
            ["request_uri"] = "https://signing.example/request.jwt",
        }));
        Assert.Equal("request_uri_not_supported", Query(answer)["error"]);
    }

    [Fact]
    public async Task An_error_goes_to_the_client_where_a_registered_address_stands_beside()
    {
        await _client.RegisterAsync(host);
        var answer = await host.AuthorizeAsync(null, _client.Address("x", ("redirect_uri", SigningClient.Callback), ("state", "a state")));
        Assert.StartsWith(SigningClient.Callback, answer.ToString(), StringComparison.Ordinal);
        Assert.Equal(("invalid_request_object", "a state", PersonHost.Issuer), (Query(answer)["error"], Query(answer)["state"], Query(answer)["iss"]));
    }

    [Fact]
    public async Task A_client_that_must_sign_is_not_heard_otherwise()
    {
        await _client.RegisterAsync(host, ("require_signed_request_object", "true"));
        Assert.Equal("invalid_request", Query(await host.AuthorizeAsync(null, _client.Request().Address))["error"]);
        Assert.Equal("invalid_request", Query(await host.AuthorizeAsync(null, _client.Request(("request", "")).Address))["error"]);
        Assert.Equal("/sign-in", (await host.AuthorizeAsync(null, _client.Address(_client.Sign(_client.Claims(_client.Request()))))).AbsolutePath);
    }

    private async Task RefusedAsync(string address, string error = "invalid_request_object")
    {
        using var response = await host.GetAsync(address);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Matches($@"\b{error}\b", page);
    }

    private Task<HttpResponseMessage> ExchangeAsync(AuthorizationRequest request, string code) =>
        host.TokenAsync(_client.Id, ("client_secret", SigningClient.Secret), ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", request.RedirectUri), ("code_verifier", request.Verifier));

    private static Dictionary<string, string?> Query(Uri address) =>
        QueryHelpers.ParseQuery(address.Query).ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value.ToString());
}
