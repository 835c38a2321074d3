using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Attestation;

/// <summary>draft-ietf-oauth-attestation-based-client-auth-10.</summary>
public sealed class ClientAttestationTests(AttestingHost host) : IClassFixture<AttestingHost>
{
    [Fact]
    public async Task An_attested_client_gets_a_token_and_its_attestation_serves_again()
    {
        using var client = await AttestedClient.RegisterAsync(host);
        var attestation = client.Attest(host.AttesterKey);
        for (var time = 0; time < 2; time++)
        {
            using var response = await SendAsync(attestation, client.Prove(await ChallengeAsync()), ("client_id", client.Id));
            Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task The_server_says_what_it_takes()
    {
        using var response = await host.GetAsync("/.well-known/openid-configuration");
        var document = await OpenIdHost.JsonAsync(response);
        foreach (var endpoint in new[] { "token", "revocation", "pushed_authorization_request" })
        {
            if (document.TryGetProperty(endpoint + "_endpoint_auth_methods_supported", out var methods))
            {
                Assert.Contains("attest_jwt_client_auth", methods.EnumerateArray().Select(method => method.GetString()));
            }
        }

        Assert.Equal(PersonHost.Issuer + "/connect/challenge", document.GetProperty("challenge_endpoint").GetString());
        Assert.Equal(["ES256", "PS256"], document.GetProperty("client_attestation_signing_alg_values_supported").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal(["ES256", "ES384", "PS256"], document.GetProperty("client_attestation_pop_signing_alg_values_supported").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task Without_the_challenge_the_client_is_told_it()
    {
        using var client = await AttestedClient.RegisterAsync(host);
        foreach (var wrong in new[] { null, "made-up", await ChallengeAsync() + "x" })
        {
            using var refused = await SendAsync(client.Attest(host.AttesterKey), client.Prove(wrong), ("client_id", client.Id));
            await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.BadRequest, "use_attestation_challenge");
            using var response = await SendAsync(client.Attest(host.AttesterKey), client.Prove(Assert.Single(refused.Headers.GetValues("OAuth-Client-Attestation-Challenge"))), ("client_id", client.Id));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_nonce_of_DPoP_is_no_challenge()
    {
        using var client = await AttestedClient.RegisterAsync(host);
        var nonces = (TradeIdentity.Authority.OpenId.DpopNonces)host.Services.GetService(typeof(TradeIdentity.Authority.OpenId.DpopNonces))!;
        using var refused = await SendAsync(client.Attest(host.AttesterKey), client.Prove(nonces.Current), ("client_id", client.Id));
        await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.BadRequest, "use_attestation_challenge");
    }

    [Fact]
    public async Task A_proof_is_good_once()
    {
        using var client = await AttestedClient.RegisterAsync(host);
        var (attestation, proof) = (client.Attest(host.AttesterKey), client.Prove(await ChallengeAsync()));
        using var first = await SendAsync(attestation, proof, ("client_id", client.Id));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await SendAsync(attestation, proof, ("client_id", client.Id));
        await OpenIdHost.AssertErrorAsync(second, HttpStatusCode.Unauthorized, "invalid_client");
    }

    public static TheoryData<string, string?, string> BadAttestations => new()
    {
        { "sub", null, "invalid_client" },
        { "sub", "\"agency\"", "invalid_client" },
        { "iss", "\"https://narrow.example\"", "invalid_client" },
        { "exp", null, "use_fresh_attestation" },
        { "exp", "1", "use_fresh_attestation" },
        { "exp", "\"tomorrow\"", "use_fresh_attestation" },
        { "iat", "253402300799", "invalid_client" },
        { "nbf", "253402300799", "invalid_client" },
        { "cnf", null, "invalid_client" },
        { "cnf", "{}", "invalid_client" },
        { "cnf", """{"jwk":{"kty":"oct","k":"AAAA"}}""", "invalid_client" },
        { "cnf", """{"jkt":"x"}""", "invalid_client" },
    };

    [Theory]
    [MemberData(nameof(BadAttestations))]
    public async Task An_attestation_that_says_something_wrong_is_refused(string claim, string? json, string error)
    {
        using var client = await AttestedClient.RegisterAsync(host);
        using var response = await SendAsync(client.Attest(host.AttesterKey, claims => Set(claims, claim, json)), client.Prove(await ChallengeAsync()), ("client_id", client.Id));
        await OpenIdHost.AssertErrorAsync(response, error == "invalid_client" ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest, error);
    }

    public static TheoryData<string, string?> BadProofs => new()
    {
        { "aud", null },
        { "aud", "\"https://other.example\"" },
        { "aud", "[\"http://localhost:5080\",\"https://other.example\"]" },
        { "aud", "\"http://localhost:5080/connect/token\"" },
        { "iss", "\"agency\"" },
        { "jti", null },
        { "jti", "\"\"" },
        { "jti", "7" },
        { "iat", null },
        { "iat", "1" },
        { "iat", "253402300799" },
    };

    [Theory]
    [MemberData(nameof(BadProofs))]
    public async Task A_proof_that_says_something_wrong_is_refused(string claim, string? json)
    {
        using var client = await AttestedClient.RegisterAsync(host);
        using var response = await SendAsync(client.Attest(host.AttesterKey), client.Prove(await ChallengeAsync(), claims => Set(claims, claim, json)), ("client_id", client.Id));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task What_the_wrong_one_signed_is_refused()
    {
        using var client = await AttestedClient.RegisterAsync(host);
        using var other = await AttestedClient.RegisterAsync(host);
        // By nobody who is trusted, by one who is trusted for another client, by the instance itself.
        await RefusedAsync(client, client.Attest(other.InstanceKey), client.Prove(await ChallengeAsync()));
        await RefusedAsync(client, client.Attest(host.NarrowAttesterKey), client.Prove(await ChallengeAsync()));
        await RefusedAsync(client, client.Attest(client.InstanceKey), client.Prove(await ChallengeAsync()));
        // The proof of another key, and the attestation of another client.
        await RefusedAsync(client, client.Attest(host.AttesterKey), client.Prove(await ChallengeAsync(), key: other.InstanceKey));
        await RefusedAsync(client, other.Attest(host.AttesterKey), other.Prove(await ChallengeAsync()));
    }

    [Theory]
    [InlineData("typ", "JWT")]
    [InlineData("typ", "oauth-client-attestation-pop+jwt")]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("alg", "RS256")]
    public async Task Another_type_or_algorithm_of_the_attestation_is_refused(string name, string value)
    {
        using var client = await AttestedClient.RegisterAsync(host);
        await RefusedAsync(client, client.Attest(host.AttesterKey, header: header => header[name] = value), client.Prove(await ChallengeAsync()));
    }

    [Theory]
    [InlineData("typ", "JWT")]
    [InlineData("typ", "oauth-client-attestation+jwt")]
    [InlineData("typ", "dpop+jwt")]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    public async Task Another_type_or_algorithm_of_the_proof_is_refused(string name, string value)
    {
        using var client = await AttestedClient.RegisterAsync(host);
        await RefusedAsync(client, client.Attest(host.AttesterKey), client.Prove(await ChallengeAsync(), header: header => header[name] = value));
    }

    [Fact]
    public async Task A_private_key_in_the_attestation_is_refused()
    {
        using var client = await AttestedClient.RegisterAsync(host);
        var attestation = client.Attest(host.AttesterKey, claims => claims["cnf"]!["jwk"]!["d"] = "AAAA");
        await RefusedAsync(client, attestation, client.Prove(await ChallengeAsync()));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("x", "y")]
    [InlineData("a.b.c", "a.b.c")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9..", "eyJhbGciOiJFUzI1NiJ9..")]
    public async Task What_is_no_attestation_is_refused(string? attestation, string? proof)
    {
        using var client = await AttestedClient.RegisterAsync(host);
        await RefusedAsync(client, attestation, proof);
    }

    [Fact]
    public async Task One_header_each_and_no_other_way_beside_it()
    {
        using var client = await AttestedClient.RegisterAsync(host);
        await RefusedAsync(client, client.Attest(host.AttesterKey), null);
        await RefusedAsync(client, null, client.Prove(await ChallengeAsync()));
        var attestation = client.Attest(host.AttesterKey);
        await RefusedAsync(client, $"{attestation}, {attestation}", client.Prove(await ChallengeAsync()));
        using var secret = await SendAsync(attestation, client.Prove(await ChallengeAsync()), ("client_id", client.Id), ("client_secret", "a secret"));
        await OpenIdHost.AssertErrorAsync(secret, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task An_attestation_does_not_stand_for_a_secret()
    {
        using var client = await AttestedClient.RegisterAsync(host);
        // Whoever attests may say what they like of a client that is registered with a secret.
        using var response = await SendAsync(client.Attest(host.AttesterKey, claims => claims["sub"] = PersonHost.Agency), client.Prove(await ChallengeAsync()), ("client_id", PersonHost.Agency));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task A_refresh_token_is_of_the_instance_that_got_it()
    {
        using var client = await AttestedClient.RegisterAsync(host);
        using var other = client.AnotherInstance();
        var request = new AuthorizationRequest { ClientId = client.Id, RedirectUri = AttestedClient.Callback, More = { ["scope"] = "openid offline_access" } };
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var code = await host.CodeAsync(cookie, request);
        var tokens = await DoneAsync(client, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", request.RedirectUri), ("code_verifier", request.Verifier));

        using var stolen = await SendAsync(other.Attest(host.AttesterKey), other.Prove(await ChallengeAsync()), ("client_id", client.Id), ("grant_type", "refresh_token"), ("refresh_token", RefreshToken(tokens)));
        await OpenIdHost.AssertErrorAsync(stolen, HttpStatusCode.BadRequest, "invalid_grant");
        var refreshed = await DoneAsync(client, ("grant_type", "refresh_token"), ("refresh_token", RefreshToken(tokens)));
        await DoneAsync(client, ("grant_type", "refresh_token"), ("refresh_token", RefreshToken(refreshed)));
        Assert.False(PersonHost.Claims(refreshed, "access_token").TryGetProperty("tradeidentity:attestation_jkt", out _));
    }

    [Fact]
    public async Task A_request_can_be_pushed()
    {
        using var client = await AttestedClient.RegisterAsync(host);
        var request = new AuthorizationRequest { ClientId = client.Id, RedirectUri = AttestedClient.Callback };
        using var response = await PostAsync("/connect/par", client.Attest(host.AttesterKey), client.Prove(await ChallengeAsync()), [.. request.Parameters.Select(parameter => (parameter.Key, parameter.Value!))]);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private async Task RefusedAsync(AttestedClient client, string? attestation, string? proof)
    {
        using var response = await SendAsync(attestation, proof, ("client_id", client.Id));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    private async Task<JsonElement> DoneAsync(AttestedClient client, params (string Name, string Value)[] form)
    {
        using var response = await SendAsync(client.Attest(host.AttesterKey), client.Prove(await ChallengeAsync()), [.. form, ("client_id", client.Id)]);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, json.ToString());
        return json;
    }

    private async Task<string> ChallengeAsync()
    {
        using var response = await host.Http.PostAsync(new Uri("/connect/challenge", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.True(response.Headers.CacheControl?.NoStore);
        return (await OpenIdHost.JsonAsync(response)).GetProperty("attestation_challenge").GetString()!;
    }

    private Task<HttpResponseMessage> SendAsync(string? attestation, string? proof, params (string Name, string Value)[] form) =>
        PostAsync("/connect/token", attestation, proof, form.Any(field => field.Name == "grant_type") ? form : [.. form, ("grant_type", "client_credentials")]);

    private async Task<HttpResponseMessage> PostAsync(string path, string? attestation, string? proof, (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        foreach (var (name, value) in new[] { ("OAuth-Client-Attestation", attestation), ("OAuth-Client-Attestation-PoP", proof) })
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string RefreshToken(JsonElement tokens) => tokens.GetProperty("refresh_token").GetString()!;

    private static void Set(JsonObject claims, string name, string? json)
    {
        claims.Remove(name);
        if (json is not null)
        {
            claims[name] = JsonNode.Parse(json);
        }
    }
}
