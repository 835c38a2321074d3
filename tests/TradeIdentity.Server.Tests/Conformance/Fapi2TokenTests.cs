using System.Net;
using System.Text.Json.Nodes;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.Dpop;
using TradeIdentity.Server.Tests.OpenId.SecurityProfile;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>The plan of the FAPI 2.0 security profile: codes, tokens, and the proofs that they are bound to.</summary>
public sealed class Fapi2TokenTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    [Theory]
    [InlineData("DPoP")]
    [InlineData("dpop")]
    [InlineData("DPOP")]
    public async Task fapi2_security_profile_final_access_token_type_header_case_sensitivity_there_is_none(string scheme)
    {
        using var client = await RegisterAsync();
        var token = (await client.TokensAsync(client.Request())).GetProperty("access_token").GetString()!;
        using var response = await client.UserInfoAsync(scheme, token, await client.ProofAsync(address: Fapi2Client.UserInfoAddress, accessToken: token));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task fapi2_security_profile_final_attempt_reuse_authorization_code_after_one_second_is_invalid_grant()
    {
        using var client = await RegisterAsync();
        var request = client.Request();
        var code = await client.CodeAsync(request);
        using var first = await client.ExchangeAsync(request, code, await client.ProofAsync());
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var second = await client.ExchangeAsync(request, code, await client.ProofAsync());
        await OpenIdHost.AssertErrorAsync(second, HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task fapi2_security_profile_final_ensure_token_endpoint_fails_with_expired_auth_code()
    {
        using var client = await RegisterAsync();
        var request = client.Request();
        var code = await client.CodeAsync(request);
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        using var late = await client.ExchangeAsync(request, code, await client.ProofAsync());
        await OpenIdHost.AssertErrorAsync(late, HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public Task fapi2_security_profile_final_ensure_pkce_code_verifier_required() => IsNotExchangedAsync(verifier: "", "invalid_request");

    [Fact]
    public Task fapi2_security_profile_final_incorrect_pkce_code_verifier_rejected() => IsNotExchangedAsync("another-verifier-another-verifier-another-ve", "invalid_grant");

    [Fact]
    public async Task fapi2_security_profile_final_ensure_holder_of_key_required()
    {
        using var client = await RegisterAsync();
        var request = client.Request();
        using var response = await client.ExchangeAsync(request, await client.CodeAsync(request), proof: null);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_dpop_proof");
    }

    [Fact]
    public async Task fapi2_security_profile_final_refresh_token_works_and_stays_the_same()
    {
        using var client = await RegisterAsync();
        var token = (await client.TokensAsync(client.Request(("scope", "openid offline_access")))).GetProperty("refresh_token").GetString()!;
        for (var use = 0; use < 2; use++)
        {
            using var response = await client.RefreshAsync(token, await client.ProofAsync());
            var refreshed = await OpenIdHost.JsonAsync(response);
            Assert.True(response.StatusCode == HttpStatusCode.OK, refreshed.ToString());
            Assert.Equal("DPoP", refreshed.GetProperty("token_type").GetString());
            // FAPI 2.0 §5.3.2.1: no rotation.
            Assert.False(refreshed.TryGetProperty("refresh_token", out var next) && next.GetString() != token);
        }
    }

    [Fact]
    public async Task fapi2_security_profile_final_ensure_dpop_auth_code_binding_success()
    {
        using var client = await RegisterAsync();
        Assert.Equal("DPoP", (await client.TokensAsync(client.Request(("dpop_jkt", client.Key.Thumbprint)))).GetProperty("token_type").GetString());
    }

    [Fact]
    public async Task fapi2_security_profile_final_ensure_dpopproof_at_par_endpoint_binding_success_and_ensure_token_endpoint_fails_with_mismatched_dpop_proof_jkt()
    {
        using var client = await RegisterAsync();
        var request = client.Request();
        using var own = await client.ExchangeAsync(request, await PushedWithProofAsync(), await client.ProofAsync());
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var other = await client.ExchangeAsync(request, await PushedWithProofAsync(), await client.ProofAsync(new ProofKeyOfTest()));
        await OpenIdHost.AssertErrorAsync(other, HttpStatusCode.BadRequest, "invalid_grant");

        async Task<string> PushedWithProofAsync() => await client.CodeAsync(request, await client.ProofAsync(address: Fapi2Client.PushAddress));
    }

    [Fact]
    public async Task fapi2_security_profile_final_ensure_mismatched_dpop_jkt_fails()
    {
        using var client = await RegisterAsync();
        using var response = await client.PushAsync(client.Request(("dpop_jkt", new ProofKeyOfTest().Thumbprint)), proof: await client.ProofAsync(address: Fapi2Client.PushAddress));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task fapi2_security_profile_final_ensure_token_endpoint_fails_with_mismatched_dpop_jkt()
    {
        using var client = await RegisterAsync();
        var request = client.Request(("dpop_jkt", new ProofKeyOfTest().Thumbprint));
        using var response = await client.ExchangeAsync(request, await client.CodeAsync(request), await client.ProofAsync());
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public Task fapi2_security_profile_final_ensure_dpopproof_with_iat_10seconds_after_succeeds() => IsTakenAsync(secondsLater: 10);

    [Fact]
    public Task fapi2_security_profile_final_ensure_dpopproof_with_iat_10seconds_before_succeeds() => IsTakenAsync(secondsLater: -10);

    [Theory]
    [InlineData(60, -60, true)]
    [InlineData(-60, -120, false)]
    [InlineData(120, 60, false)]
    public async Task fapi2_security_profile_final_check_dpop_proof_nbf_exp_are_kept_where_they_stand(int expires, int notBefore, bool isGood)
    {
        using var client = await RegisterAsync();
        var request = client.Request();
        using var response = await client.ExchangeAsync(request, await client.CodeAsync(request), await client.ProofAsync(claims: body =>
        {
            body["exp"] = Now + expires;
            body["nbf"] = Now + notBefore;
        }));
        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("htm", "\"POST\"")]
    [InlineData("htu", "\"https://elsewhere.example/connect/userinfo\"")]
    [InlineData("ath", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"")]
    [InlineData("ath", null)]
    [InlineData("iat", "1")]
    [InlineData("jti", null)]
    [InlineData("nonce", "\"not of this server\"")]
    [InlineData("typ", "\"JWT\"")]
    [InlineData("alg", "\"none\"")]
    [InlineData("jwk", null)]
    public async Task fapi2_security_profile_final_dpop_negative_tests(string name, string? value)
    {
        using var client = await RegisterAsync();
        var token = (await client.TokensAsync(client.Request())).GetProperty("access_token").GetString()!;
        void Spoil(JsonObject part)
        {
            if (name is "typ" or "alg" or "jwk" ? part.ContainsKey("typ") : part.ContainsKey("htm"))
            {
                part[name] = value is null ? null : JsonNode.Parse(value);
                if (value is null)
                {
                    part.Remove(name);
                }
            }
        }

        using var response = await client.UserInfoAsync("DPoP", token, await client.ProofAsync(address: Fapi2Client.UserInfoAddress, accessToken: token, claims: Spoil, header: Spoil));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task fapi2_security_profile_final_dpop_negative_tests_of_a_bearer_another_key_no_proof_and_one_twice()
    {
        using var client = await RegisterAsync();
        var token = (await client.TokensAsync(client.Request())).GetProperty("access_token").GetString()!;
        var proof = await client.ProofAsync(address: Fapi2Client.UserInfoAddress, accessToken: token);
        using var good = await client.UserInfoAsync("DPoP", token, proof);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        foreach (var (scheme, other) in new[]
        {
            ("DPoP", proof),
            ("DPoP", (string?)null),
            ("Bearer", null),
            ("Bearer", await client.ProofAsync(address: Fapi2Client.UserInfoAddress, accessToken: token)),
            ("DPoP", await client.ProofAsync(new ProofKeyOfTest(), Fapi2Client.UserInfoAddress, token)),
        })
        {
            using var refused = await client.UserInfoAsync(scheme, token, other);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
    }

    private async Task IsTakenAsync(int secondsLater)
    {
        using var client = await RegisterAsync();
        var request = client.Request();
        using var response = await client.ExchangeAsync(request, await client.CodeAsync(request), await client.ProofAsync(claims: body => body["iat"] = Now + secondsLater));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task IsNotExchangedAsync(string verifier, string error)
    {
        using var client = await RegisterAsync();
        var request = client.Request();
        using var response = await client.ExchangeAsync(request, await client.CodeAsync(request), await client.ProofAsync(), verifier: verifier);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, error);
    }

    private long Now => host.Clock.GetUtcNow().ToUnixTimeSeconds();

    private Task<Fapi2Client> RegisterAsync() => Fapi2Client.RegisterAsync(host, host.Clock);
}
