using System.Net;
using System.Text.Json.Nodes;
using TradeIdentity.Server.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.SecurityProfile;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>The plan of the FAPI 2.0 security profile: what is pushed, what the person answers, what comes back.</summary>
public sealed class Fapi2RequestTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    [Fact]
    public async Task fapi2_security_profile_final_discovery_end_point_verification_finds_what_the_profile_asks()
    {
        using var response = await host.GetAsync("/.well-known/openid-configuration");
        var document = await OpenIdHost.JsonAsync(response);
        Assert.True(document.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
        Assert.Contains("private_key_jwt", Texts("token_endpoint_auth_methods_supported"));
        Assert.Contains("ES256", Texts("token_endpoint_auth_signing_alg_values_supported"));
        Assert.Contains("ES256", Texts("dpop_signing_alg_values_supported"));
        Assert.DoesNotContain("none", Texts("token_endpoint_auth_signing_alg_values_supported"));
        Assert.Equal(["S256"], Texts("code_challenge_methods_supported"));
        Assert.Equal(["code"], Texts("response_types_supported"));
        Assert.Equal(Fapi2Client.PushAddress, document.GetProperty("pushed_authorization_request_endpoint").GetString());

        IEnumerable<string?> Texts(string name) => document.GetProperty(name).EnumerateArray().Select(value => value.GetString());
    }

    [Fact]
    public async Task fapi2_security_profile_final_happy_flow_gives_a_bound_token_and_names_the_issuer()
    {
        using var client = await RegisterAsync();
        var request = client.Request(("scope", "openid profile"));
        var answer = await client.AnswerAsync(await client.AddressAsync(request));
        Assert.Equal((PersonHost.Issuer, "a state"), (answer["iss"], answer["state"]));
        using var response = await client.ExchangeAsync(request, answer["code"], await client.ProofAsync());
        var tokens = await OpenIdHost.JsonAsync(response);
        Assert.Equal("DPoP", tokens.GetProperty("token_type").GetString());
        Assert.Equal("a nonce", PersonHost.Claims(tokens, "id_token").GetProperty("nonce").GetString());
        var token = tokens.GetProperty("access_token").GetString()!;
        Assert.Equal(client.Key.Thumbprint, PersonHost.Claims(tokens, "access_token").GetProperty("cnf").GetProperty("jkt").GetString());
        using var userInfo = await client.UserInfoAsync("DPoP", token, await client.ProofAsync(address: Fapi2Client.UserInfoAddress, accessToken: token));
        Assert.Equal(HttpStatusCode.OK, userInfo.StatusCode);
    }

    [Fact]
    public async Task fapi2_security_profile_final_user_rejects_authentication_is_access_denied()
    {
        using var client = await RegisterAsync();
        var cookie = await client.PersonAsync();
        var answer = Fapi2Client.Parameters(await host.AnswerAsync(await host.AuthorizeAsync(cookie, await client.AddressAsync(client.Request())), cookie, InteractionAnswer.Refused));
        Assert.Equal(("access_denied", PersonHost.Issuer, "a state"), (answer["error"], answer["iss"], answer["state"]));
    }

    [Fact]
    public async Task fapi2_security_profile_final_ensure_authorization_request_without_state_success()
    {
        using var client = await RegisterAsync();
        Assert.False((await client.AnswerAsync(await client.AddressAsync(client.Request(("state", null))))).ContainsKey("state"));
    }

    [Fact]
    public async Task fapi2_security_profile_final_ensure_authorization_request_without_nonce_success()
    {
        using var client = await RegisterAsync();
        Assert.False(PersonHost.Claims(await client.TokensAsync(client.Request(("nonce", null))), "id_token").TryGetProperty("nonce", out _));
    }

    [Fact]
    public Task fapi2_security_profile_final_ensure_authorization_request_with_64_char_nonce_success() => ComesBackAsync(nonce: new string('n', 64), state: "s");

    [Fact]
    public Task fapi2_security_profile_final_ensure_authorization_request_with_long_nonce_gives_it_back_whole() => ComesBackAsync(nonce: new string('n', 384), state: "s");

    [Fact]
    public Task fapi2_security_profile_final_ensure_authorization_request_with_long_state_gives_it_back_whole() => ComesBackAsync(nonce: "n", state: new string('s', 1000));

    [Fact]
    public Task fapi2_security_profile_final_ensure_different_nonce_inside_and_outside_request_object_what_was_pushed_counts() =>
        ComesBackAsync("inside", "inside", ("nonce", "outside"));

    [Fact]
    public Task fapi2_security_profile_final_ensure_different_state_inside_and_outside_request_object_what_was_pushed_counts() =>
        ComesBackAsync("inside", "inside", ("state", "outside"));

    [Fact]
    public async Task fapi2_security_profile_final_ensure_other_scope_order_succeeds()
    {
        using var client = await RegisterAsync();
        Assert.True((await client.TokensAsync(client.Request(("scope", "profile email openid")))).TryGetProperty("id_token", out _));
    }

    [Fact]
    public async Task fapi2_security_profile_final_test_claims_parameter_identity_claims_gives_the_claim_that_no_scope_asked_for()
    {
        using var client = await RegisterAsync();
        var tokens = await client.TokensAsync(client.Request(("claims", """{"id_token":{"given_name":{"essential":true}}}""")));
        Assert.Equal("Ada", PersonHost.Claims(tokens, "id_token").GetProperty("given_name").GetString());
    }

    [Fact]
    public async Task fapi2_security_profile_final_test_essential_acr_sca_claim_that_cannot_be_met_is_refused_and_never_left_out()
    {
        using var client = await RegisterAsync();
        var request = client.Request(("claims", """{"id_token":{"acr":{"value":"urn:openbanking:psd2:sca","essential":true}}}"""));
        var there = await host.AuthorizeAsync(await client.PersonAsync(), await client.AddressAsync(request));
        Assert.Equal("unmet_authentication_requirements", Fapi2Client.Parameters(there)["error"]);
    }

    [Fact]
    public Task fapi2_security_profile_final_ensure_redirect_uri_in_authorization_request() => IsNotPushedAsync("redirect_uri", null);

    [Fact]
    public Task fapi2_security_profile_final_ensure_request_object_without_redirect_uri_fails() => IsNotPushedAsync("redirect_uri", "");

    [Fact]
    public Task fapi2_security_profile_final_ensure_registered_redirect_uri() => IsNotPushedAsync("redirect_uri", "https://fapi.example/other");

    [Fact]
    public Task fapi2_security_profile_final_ensure_response_type_token_fails() => IsNotPushedAsync("response_type", "token");

    [Fact]
    public Task fapi2_security_profile_final_ensure_response_type_code_idtoken_fails() => IsNotPushedAsync("response_type", "code id_token");

    [Fact]
    public Task fapi2_security_profile_final_par_ensure_pkce_required() => IsNotPushedAsync("code_challenge", null);

    [Fact]
    public Task fapi2_security_profile_final_par_plain_pkce_rejected() => IsNotPushedAsync("code_challenge_method", "plain");

    [Fact]
    public Task fapi2_security_profile_final_par_authorization_request_containing_request_uri_form_param_is_an_error() =>
        IsNotPushedAsync("request_uri", "urn:ietf:params:oauth:request_uri:random");

    [Fact]
    public Task fapi2_security_profile_final_par_test_array_as_audience_fails() => IsNotAuthenticatedAsync(new JsonArray(PersonHost.Issuer));

    [Fact]
    public Task fapi2_security_profile_final_par_test_par_endpoint_url_as_audience_fails() => IsNotAuthenticatedAsync(Fapi2Client.PushAddress);

    [Fact]
    public Task fapi2_security_profile_final_par_test_token_endpoint_url_as_audience_fails() => IsNotAuthenticatedAsync(Fapi2Client.TokenAddress);

    [Fact]
    public async Task fapi2_security_profile_final_par_attempt_invalid_http_method_is_an_error()
    {
        using var client = await RegisterAsync();
        using var response = await host.GetAsync($"/connect/par?client_id={client.Id}");
        Assert.False(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task fapi2_security_profile_final_ensure_unsigned_authorization_request_without_using_par_fails()
    {
        using var client = await RegisterAsync();
        Assert.Equal("invalid_request", Fapi2Client.Parameters(await host.AuthorizeAsync(await client.PersonAsync(), client.Request().Address))["error"]);
    }

    [Fact]
    public async Task fapi2_security_profile_final_par_without_duplicate_parameters_needs_nothing_beside_the_pushed_request()
    {
        using var client = await RegisterAsync();
        Assert.True((await client.AnswerAsync(await client.AddressAsync(client.Request()))).ContainsKey("code"));
    }

    [Fact]
    public async Task fapi2_security_profile_final_state_only_outside_request_object_not_used()
    {
        using var client = await RegisterAsync();
        var answer = await client.AnswerAsync(await client.AddressAsync(client.Request(("state", null)), null, ("state", "outside")));
        Assert.True(answer.ContainsKey("code"));
        Assert.False(answer.ContainsKey("state"));
    }

    [Fact]
    public async Task fapi2_security_profile_final_par_attempt_reuse_request_uri_is_refused()
    {
        using var client = await RegisterAsync();
        var cookie = await client.PersonAsync();
        var address = await client.AddressAsync(client.Request());
        Assert.True((await client.AnswerAsync(address, cookie)).ContainsKey("code"));
        using var again = await host.GetAsync(address, cookie);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task fapi2_security_profile_final_par_ensure_reused_request_uri_prior_to_auth_completion_succeeds()
    {
        using var client = await RegisterAsync();
        var address = await client.AddressAsync(client.Request());
        Assert.Equal("/sign-in", (await host.AuthorizeAsync(null, address)).AbsolutePath);
        Assert.True((await client.AnswerAsync(address)).ContainsKey("code"));
    }

    [Fact]
    public async Task fapi2_security_profile_final_par_attempt_to_use_expired_request_uri_is_refused()
    {
        using var client = await RegisterAsync();
        var cookie = await client.PersonAsync();
        var address = await client.AddressAsync(client.Request());
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        using var late = await host.GetAsync(address, cookie);
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
    }

    private async Task ComesBackAsync(string nonce, string state, params (string Name, string Value)[] beside)
    {
        using var client = await RegisterAsync();
        var request = client.Request(("nonce", nonce), ("state", state));
        var answer = await client.AnswerAsync(await client.AddressAsync(request, null, beside));
        Assert.Equal(state, answer["state"]);
        using var response = await client.ExchangeAsync(request, answer["code"], await client.ProofAsync());
        Assert.Equal(nonce, PersonHost.Claims(await OpenIdHost.JsonAsync(response), "id_token").GetProperty("nonce").GetString());
    }

    private async Task IsNotPushedAsync(string name, string? value)
    {
        using var client = await RegisterAsync();
        using var response = await client.PushAsync(client.Request((name, value)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await OpenIdHost.JsonAsync(response)).TryGetProperty("error", out _));
    }

    private async Task IsNotAuthenticatedAsync(JsonNode audience)
    {
        using var client = await RegisterAsync();
        using var response = await client.PushAsync(client.Request(), client.Assertion(audience));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    private Task<Fapi2Client> RegisterAsync() => Fapi2Client.RegisterAsync(host, host.Clock);
}
