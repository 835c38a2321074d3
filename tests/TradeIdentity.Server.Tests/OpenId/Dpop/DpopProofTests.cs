using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;

namespace TradeIdentity.Server.Tests.OpenId.Dpop;

/// <summary>RFC 9449 §4.3, check by check, at the token endpoint.</summary>
public sealed class DpopProofTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("PS256")]
    [InlineData("RS256")]
    public async Task The_token_is_bound_to_the_key_that_signed_the_proof(string algorithm)
    {
        var key = new ProofKeyOfTest(algorithm);
        var token = new JsonWebToken(await host.BoundTokenAsync(key));
        Assert.Equal($$"""{"jkt":"{{key.Thumbprint}}"}""", token.GetClaim("cnf").Value);
    }

    [Fact]
    public async Task Without_a_proof_there_is_a_bearer_token_for_a_client_that_may_have_one()
    {
        using var response = await host.TokenAsync(proof: null);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.Equal("Bearer", json.GetProperty("token_type").GetString());
        Assert.False(new JsonWebToken(json.GetProperty("access_token").GetString()!).TryGetPayloadValue<object>("cnf", out _));
    }

    [Fact]
    public async Task A_proof_is_good_once()
    {
        var proof = new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, await host.NonceAsync());
        using var first = await host.TokenAsync(proof);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await host.TokenAsync(proof);
        await OpenIdHost.AssertErrorAsync(second, HttpStatusCode.BadRequest, "invalid_dpop_proof");
    }

    [Fact]
    public async Task Of_twenty_uses_at_once_one_wins()
    {
        var proof = new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, await host.NonceAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.TokenAsync(proof)));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task It_costs_one_row_of_the_replay_guard_and_nothing_else()
    {
        var nonce = await host.NonceAsync();
        var (reads, writes) = host.DatabaseCount;
        using var response = await host.TokenAsync(new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, nonce));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        // The client's registration is read where nobody read it within the second (RecentClients).
        Assert.Equal(writes + 1, host.DatabaseCount.Writes);
        Assert.InRange(host.DatabaseCount.Reads - reads, 0, 1);
    }

    [Fact]
    public async Task Who_is_no_client_uses_no_proof_up_and_writes_nothing()
    {
        var nonce = await host.NonceAsync();
        // The audit trail takes one entry of such a failure, and of those that follow none.
        using var first = await host.TokenAsync(("grant_type", "client_credentials"), ("client_id", OpenIdHost.ClientId), ("client_secret", "wrong"));
        var (_, writes) = host.DatabaseCount;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = OpenIdHost.ClientId, ["client_secret"] = "wrong" }),
            Headers = { { "DPoP", new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, nonce) } },
        };
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Equal(writes, host.DatabaseCount.Writes);
    }

    [Theory]
    [InlineData("typ", "jwt")]
    [InlineData("typ", null)]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("alg", "ES384")]
    [InlineData("alg", "RS256")]
    [InlineData("alg", "EdDSA")]
    [InlineData("alg", null)]
    [InlineData("jwk", null)]
    [InlineData("jwk", "text")]
    [InlineData("crit", "x")]
    [InlineData("b64", "x")]
    public async Task A_header_that_is_not_of_a_proof_is_refused(string name, string? value) =>
        await AssertInvalidAsync(new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, await host.NonceAsync(), header: header => header[name] = value));

    [Fact]
    public async Task A_private_key_in_the_header_is_refused()
    {
        var key = new ProofKeyOfTest();
        await AssertInvalidAsync(key.Proof("POST", DpopRequests.TokenEndpoint, await host.NonceAsync(), header: header => header["jwk"]!["d"] = key.PrivatePart));
    }

    [Fact]
    public async Task A_symmetric_key_is_refused() =>
        await AssertInvalidAsync(new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, await host.NonceAsync(), header: header =>
        {
            header["alg"] = "HS256";
            header["jwk"] = new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" };
        }));

    [Fact]
    public async Task The_key_of_another_is_refused() =>
        await AssertInvalidAsync(new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, await host.NonceAsync(), header: header => header["jwk"] = new ProofKeyOfTest().Jwk));

    [Fact]
    public async Task A_point_off_the_curve_is_refused() =>
        await AssertInvalidAsync(new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, await host.NonceAsync(), header: header => header["jwk"]!["y"] = header["jwk"]!["x"]!.ToString()));

    [Fact]
    public async Task A_second_text_of_the_same_key_is_refused() =>
        await AssertInvalidAsync(new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, await host.NonceAsync(), header: header => header["jwk"]!["x"] = header["jwk"]!["x"]! + "="));

    [Theory]
    [InlineData("GET")]
    [InlineData("post")]
    [InlineData("")]
    public async Task Another_method_is_refused(string method) =>
        await AssertInvalidAsync(new ProofKeyOfTest().Proof(method, DpopRequests.TokenEndpoint, await host.NonceAsync()));

    [Theory]
    [InlineData("https://identity.customs.example/connect/par")]
    [InlineData("https://identity.customs.example/connect/token/")]
    [InlineData("https://identity.customs.example/connect/TOKEN")]
    [InlineData("http://identity.customs.example/connect/token")]
    [InlineData("https://identity.customs.example:8443/connect/token")]
    [InlineData("https://identity.customs.example.attacker.example/connect/token")]
    [InlineData("https://identity.customs.example@attacker.example/connect/token")]
    [InlineData("https://attacker.example/?https://identity.customs.example/connect/token")]
    [InlineData("https://attacker.example#https://identity.customs.example/connect/token")]
    [InlineData("https:\\\\identity.customs.example\\connect\\token")]
    [InlineData("https://identity.customs.example/connect/token ")]
    [InlineData("/connect/token")]
    [InlineData("")]
    public async Task Another_address_is_refused(string address) =>
        await AssertInvalidAsync(new ProofKeyOfTest().Proof("POST", address, await host.NonceAsync()));

    [Theory]
    [InlineData("https://identity.customs.example/connect/token?a=b")]
    [InlineData("https://identity.customs.example/connect/token#fragment")]
    [InlineData("HTTPS://IDENTITY.customs.example:443/connect/token")]
    [InlineData("https://identity.customs.example/connect/./x/../token")]
    public async Task The_same_address_in_another_form_is_the_same(string address)
    {
        using var response = await host.TokenAsync(new ProofKeyOfTest().Proof("POST", address, await host.NonceAsync()));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_Host_of_a_request_does_not_make_a_proof_for_another_server_good()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = OpenIdHost.ClientId, ["client_secret"] = host.Secret }),
            Headers = { { "DPoP", new ProofKeyOfTest().Proof("POST", "https://attacker.example/connect/token", await host.NonceAsync()) }, { "Host", "attacker.example" } },
        };
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_dpop_proof");
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(-100)]
    [InlineData(60)]
    [InlineData(86_400)]
    public async Task A_proof_of_another_time_is_refused(int seconds) => await AssertInvalidAsync(await WithAsync("iat", JsonValue.Create(Now + seconds)));

    [Theory]
    [InlineData("-1")]
    [InlineData("1e40")]
    [InlineData("\"1700000000\"")]
    [InlineData("null")]
    public async Task A_time_that_is_none_is_refused(string json) => await AssertInvalidAsync(await WithAsync("iat", JsonNode.Parse(json)));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("7")]
    [InlineData("null")]
    public async Task A_one_time_value_that_is_none_is_refused(string json) => await AssertInvalidAsync(await WithAsync("jti", JsonNode.Parse(json)));

    [Fact]
    public async Task A_one_time_value_that_is_long_is_refused() => await AssertInvalidAsync(await WithAsync("jti", JsonValue.Create(new string('j', 256))));

    [Fact]
    public async Task Two_proofs_are_refused()
    {
        var nonce = await host.NonceAsync();
        var key = new ProofKeyOfTest();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = OpenIdHost.ClientId, ["client_secret"] = host.Secret }),
        };
        request.Headers.Add("DPoP", [key.Proof("POST", DpopRequests.TokenEndpoint, nonce), key.Proof("POST", DpopRequests.TokenEndpoint, nonce)]);
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_dpop_proof");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("e30.e30.")]
    [InlineData("e30.e30.e30.e30")]
    public async Task What_is_no_JWT_is_refused(string proof) => await AssertInvalidAsync(proof);

    [Fact]
    public async Task A_name_that_comes_twice_is_refused()
    {
        var proof = new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, await host.NonceAsync());
        var parts = proof.Split('.');
        var claims = Encoding.UTF8.GetString(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(parts[1]));
        parts[1] = ProofKeyOfTest.Encode(Encoding.UTF8.GetBytes(claims.Replace("{", "{\"htm\":\"GET\",", StringComparison.Ordinal)));
        await AssertInvalidAsync(string.Join('.', parts));
    }

    [Fact]
    public async Task A_nonce_that_the_server_did_not_give_is_answered_with_one_that_it_gives()
    {
        using var response = await host.TokenAsync(new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, ProofKeyOfTest.Encode(new byte[24])));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "use_dpop_nonce");
        using var again = await host.TokenAsync(new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, Assert.Single(response.Headers.GetValues("DPoP-Nonce"))));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_nonce_of_one_instance_is_good_at_another_and_dies_by_rotation()
    {
        var nonce = await host.NonceAsync();
        await using var later = await host.StartAsync(Environments.Development, host.Configuration(), new LaterTime(TimeSpan.FromMinutes(2)));
        using var soon = new HttpClient { BaseAddress = new Uri(later.Urls.Single()) };
        using var accepted = await host.TokenAsync(Late(nonce, 120), http: soon);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.NotEqual(nonce, Assert.Single(accepted.Headers.GetValues("DPoP-Nonce")));

        await using var muchLater = await host.StartAsync(Environments.Development, host.Configuration(), new LaterTime(TimeSpan.FromMinutes(4)));
        using var late = new HttpClient { BaseAddress = new Uri(muchLater.Urls.Single()) };
        using var refused = await host.TokenAsync(Late(nonce, 240), http: late);
        await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.BadRequest, "use_dpop_nonce");
    }

    private static string Late(string nonce, int seconds) =>
        new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, nonce, claims: claims => claims["iat"] = Now + seconds);

    private async Task<string> WithAsync(string claim, JsonNode? value) =>
        new ProofKeyOfTest().Proof("POST", DpopRequests.TokenEndpoint, await host.NonceAsync(), claims: claims => claims[claim] = value);

    private async Task AssertInvalidAsync(string proof)
    {
        using var response = await host.TokenAsync(proof);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_dpop_proof");
    }

    private sealed class LaterTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
