using System.Net;
using System.Net.Http.Headers;

namespace TradeIdentity.Server.Tests.OpenId.Dpop;

/// <summary>RFC 9449 §7 and §9, at an endpoint of the API.</summary>
public sealed class DpopAtApiTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    private const string Address = OpenIdHost.Issuer + "/protected";

    [Fact]
    public async Task The_holder_of_the_key_gets_in()
    {
        var key = new ProofKeyOfTest();
        var token = await host.BoundTokenAsync(key);
        using var response = await host.ProtectedAsync("DPoP", token, key.Proof("GET", Address, await host.NonceAsync(), token));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(OpenIdHost.ClientId, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_costs_one_row_of_the_replay_guard()
    {
        var key = new ProofKeyOfTest();
        var token = await host.BoundTokenAsync(key);
        var nonce = await host.NonceAsync();
        using var first = await host.ProtectedAsync("DPoP", token, key.Proof("GET", Address, nonce, token));
        var (reads, writes) = host.DatabaseCount;
        using var second = await host.ProtectedAsync("DPoP", token, key.Proof("GET", Address, nonce, token));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal((reads, writes + 1), host.DatabaseCount);
    }

    [Fact]
    public async Task Without_a_nonce_the_challenge_gives_one()
    {
        var key = new ProofKeyOfTest();
        var token = await host.BoundTokenAsync(key);
        using var response = await host.ProtectedAsync("DPoP", token, key.Proof("GET", Address, nonce: null, token));
        AssertChallenge(response, "use_dpop_nonce");
        using var again = await host.ProtectedAsync("DPoP", token, key.Proof("GET", Address, Assert.Single(response.Headers.GetValues("DPoP-Nonce")), token));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_bound_token_is_no_bearer_token()
    {
        var key = new ProofKeyOfTest();
        var token = await host.BoundTokenAsync(key);
        using var alone = await host.ProtectedAsync("Bearer", token);
        Assert.Equal(HttpStatusCode.Unauthorized, alone.StatusCode);
        Assert.Contains("error=\"invalid_token\"", Assert.Single(alone.Headers.WwwAuthenticate).Parameter, StringComparison.Ordinal);
        using var proven = await host.ProtectedAsync("Bearer", token, key.Proof("GET", Address, await host.NonceAsync(), token));
        Assert.Equal(HttpStatusCode.Unauthorized, proven.StatusCode);
    }

    [Fact]
    public async Task A_bearer_token_is_no_bound_token()
    {
        var token = await host.AccessTokenAsync("operators.read");
        using var response = await host.ProtectedAsync("DPoP", token, new ProofKeyOfTest().Proof("GET", Address, await host.NonceAsync(), token));
        AssertChallenge(response, "invalid_token");
    }

    [Fact]
    public async Task A_stolen_token_is_of_no_use_with_another_key()
    {
        var token = await host.BoundTokenAsync(new ProofKeyOfTest());
        using var response = await host.ProtectedAsync("DPoP", token, new ProofKeyOfTest().Proof("GET", Address, await host.NonceAsync(), token));
        AssertChallenge(response, "invalid_token");
    }

    [Fact]
    public async Task A_proof_for_another_token_of_the_same_key_is_refused()
    {
        var key = new ProofKeyOfTest();
        var token = await host.BoundTokenAsync(key);
        using var response = await host.ProtectedAsync("DPoP", token, key.Proof("GET", Address, await host.NonceAsync(), await host.BoundTokenAsync(key)));
        AssertChallenge(response, "invalid_dpop_proof");
    }

    [Fact]
    public async Task A_proof_without_the_digest_of_the_token_is_refused()
    {
        var key = new ProofKeyOfTest();
        var token = await host.BoundTokenAsync(key);
        using var response = await host.ProtectedAsync("DPoP", token, key.Proof("GET", Address, await host.NonceAsync()));
        AssertChallenge(response, "invalid_dpop_proof");
    }

    [Fact]
    public async Task A_proof_of_the_token_request_is_refused()
    {
        var key = new ProofKeyOfTest();
        var token = await host.BoundTokenAsync(key);
        using var response = await host.ProtectedAsync("DPoP", token, key.Proof("POST", DpopRequests.TokenEndpoint, await host.NonceAsync(), token));
        AssertChallenge(response, "invalid_dpop_proof");
    }

    [Fact]
    public async Task A_proof_is_good_once()
    {
        var key = new ProofKeyOfTest();
        var token = await host.BoundTokenAsync(key);
        var proof = key.Proof("GET", Address, await host.NonceAsync(), token);
        using var first = await host.ProtectedAsync("DPoP", token, proof);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await host.ProtectedAsync("DPoP", token, proof);
        AssertChallenge(second, "invalid_dpop_proof");
    }

    [Fact]
    public async Task A_token_without_a_proof_and_one_with_two_are_refused()
    {
        var key = new ProofKeyOfTest();
        var token = await host.BoundTokenAsync(key);
        using var none = await host.ProtectedAsync("DPoP", token);
        AssertChallenge(none, "invalid_dpop_proof");
        var nonce = await host.NonceAsync();
        using var two = await host.ProtectedAsync("DPoP", token, key.Proof("GET", Address, nonce, token), key.Proof("GET", Address, nonce, token));
        AssertChallenge(two, "invalid_dpop_proof");
    }

    [Fact]
    public async Task Two_Authorization_headers_are_no_authorization()
    {
        var key = new ProofKeyOfTest();
        var token = await host.BoundTokenAsync(key);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/protected") { Headers = { { "DPoP", key.Proof("GET", Address, await host.NonceAsync(), token) } } };
        request.Headers.TryAddWithoutValidation("Authorization", [$"DPoP {token}", $"Bearer {token}"]);
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_named_in_the_scheme_of_the_request()
    {
        var key = new ProofKeyOfTest();
        var token = await host.BoundTokenAsync(key, "aeo.decide");
        using var response = await host.ProtectedAsync("DPoP", token, key.Proof("GET", Address, await host.NonceAsync(), token));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var challenge = Assert.Single(response.Headers.WwwAuthenticate);
        Assert.Equal("DPoP", challenge.Scheme);
        Assert.Contains("error=\"insufficient_scope\"", challenge.Parameter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Introspection_names_the_key_and_the_type()
    {
        var key = new ProofKeyOfTest();
        using var response = await host.PostAsync("/connect/introspect", ("token", await host.BoundTokenAsync(key)), ("client_id", OpenIdHost.ClientId), ("client_secret", host.Secret));
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True(json.GetProperty("active").GetBoolean());
        Assert.Equal("DPoP", json.GetProperty("token_type").GetString());
        Assert.Equal(key.Thumbprint, json.GetProperty("cnf").GetProperty("jkt").GetString());
    }

    [Fact]
    public async Task Discovery_names_the_algorithms()
    {
        using var response = await host.Http.GetAsync(new Uri("/.well-known/openid-configuration", UriKind.Relative), TestContext.Current.CancellationToken);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.Equal(["ES256", "ES384", "PS256", "RS256"], json.GetProperty("dpop_signing_alg_values_supported").EnumerateArray().Select(value => value.GetString()));
    }

    private static void AssertChallenge(HttpResponseMessage response, string error)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        AuthenticationHeaderValue challenge = Assert.Single(response.Headers.WwwAuthenticate);
        Assert.Equal("DPoP", challenge.Scheme);
        Assert.Contains($"error=\"{error}\"", challenge.Parameter, StringComparison.Ordinal);
        Assert.Contains("algs=\"ES256 ES384 PS256 RS256\"", challenge.Parameter, StringComparison.Ordinal);
    }
}
