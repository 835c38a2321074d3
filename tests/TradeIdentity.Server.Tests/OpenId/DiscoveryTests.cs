using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Server.Tests.OpenId;

public sealed class DiscoveryTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task The_document_says_what_is_there_and_nothing_else(string path)
    {
        var document = await GetAsync(path);

        Assert.Equal(OpenIdHost.Issuer, document.GetProperty("issuer").GetString());
        Assert.Equal(OpenIdHost.Issuer + "/connect/token", document.GetProperty("token_endpoint").GetString());
        Assert.Equal(OpenIdHost.Issuer + "/connect/introspect", document.GetProperty("introspection_endpoint").GetString());
        Assert.Equal(OpenIdHost.Issuer + "/connect/revoke", document.GetProperty("revocation_endpoint").GetString());
        Assert.Equal(OpenIdHost.Issuer + "/.well-known/jwks", document.GetProperty("jwks_uri").GetString());
        Assert.Equal(OpenIdHost.Issuer + "/connect/authorize", document.GetProperty("authorization_endpoint").GetString());
        Assert.Equal(OpenIdHost.Issuer + "/connect/par", document.GetProperty("pushed_authorization_request_endpoint").GetString());
        Assert.Equal(OpenIdHost.Issuer + "/connect/userinfo", document.GetProperty("userinfo_endpoint").GetString());
        Assert.Equal(OpenIdHost.Issuer + "/connect/logout", document.GetProperty("end_session_endpoint").GetString());
        Assert.True(document.GetProperty("backchannel_logout_supported").GetBoolean());
        Assert.True(document.GetProperty("backchannel_logout_session_supported").GetBoolean());
        Assert.False(document.TryGetProperty("challenge_endpoint", out _), "No attester is configured.");
        Assert.True(document.GetProperty("frontchannel_logout_supported").GetBoolean());
        Assert.True(document.GetProperty("frontchannel_logout_session_supported").GetBoolean());
        Assert.Equal(["authorization_code", "client_credentials", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:token-exchange"], Texts(document, "grant_types_supported").Order(StringComparer.Ordinal));
        Assert.Equal(["code"], Texts(document, "response_types_supported"));
        Assert.Equal(["form_post", "query"], Texts(document, "response_modes_supported").Order(StringComparer.Ordinal));
        Assert.Equal(["S256"], Texts(document, "code_challenge_methods_supported"));
        Assert.Equal(["ES256", "RS256"], Texts(document, "id_token_signing_alg_values_supported"));
        Assert.Equal(["consent", "login", "none", "select_account"], Texts(document, "prompt_values_supported").Order(StringComparer.Ordinal));
        Assert.Equal(["acting_for"], Texts(document, "authorization_details_types_supported"));
        Assert.Equal(["urn:tradeidentity:acr:1", "urn:tradeidentity:acr:2"], Texts(document, "acr_values_supported"));
        Assert.True(document.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
        Assert.True(document.GetProperty("claims_parameter_supported").GetBoolean());
        Assert.True(document.GetProperty("request_parameter_supported").GetBoolean());
        Assert.False(document.GetProperty("request_uri_parameter_supported").GetBoolean());
        Assert.False(document.GetProperty("require_signed_request_object").GetBoolean());
        Assert.Equal(["ES256", "PS256", "RS256"], Texts(document, "request_object_signing_alg_values_supported"));
        Assert.Contains("mandates", Texts(document, "claims_supported"));
        Assert.Contains("verified_claims", Texts(document, "claims_supported"));
        Assert.Equal(["client_secret_basic", "client_secret_post", "none", "private_key_jwt"], Texts(document, "token_endpoint_auth_methods_supported").Order(StringComparer.Ordinal));
        Assert.False(document.TryGetProperty("mtls_endpoint_aliases", out var aliases) && aliases.EnumerateObject().Any());
        Assert.False(document.TryGetProperty("tls_client_certificate_bound_access_tokens", out var bound) && bound.GetBoolean());
        Assert.Equal(["ES256", "PS256", "RS256"], Texts(document, "token_endpoint_auth_signing_alg_values_supported").Order(StringComparer.Ordinal));
        Assert.Equal(
            ["openid", "offline_access", "profile", "email", "organization", "aeo", "mandates", "operators.read", "operators.write", "registry.import", "aeo.decide", "aeo.apply", "mandates.write", "notices.read", "webhooks", "credentials.issue", "credentials.revoke", "credentials.own", "verification", "entities.own", "privacy.own", "master-data.read", "successions.decide", "audit.read", "accounts.read", "accounts.write"],
            Texts(document, "scopes_supported"));
        Assert.Equal(OpenIdHost.Issuer + "/connect/device", document.GetProperty("device_authorization_endpoint").GetString());
    }

    [Fact]
    public async Task The_Host_of_a_request_does_not_reach_the_document()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration") { Headers = { Host = "attacker.example" } };
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("attacker", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_key_verifies_a_token_and_is_public_only()
    {
        var text = (await GetAsync("/.well-known/jwks")).GetRawText();
        var keys = new JsonWebKeySet(text);

        Assert.NotEmpty(keys.Keys);
        Assert.All(keys.Keys.Where(key => key.Kty == "EC"), key => Assert.Equal(("P-256", "ES256", "sig"), (key.Crv, key.Alg, key.Use)));
        Assert.All(keys.Keys.Where(key => key.Kty != "EC"), key => Assert.Equal(("RSA", "RS256", "sig", 384), (key.Kty, key.Alg, key.Use, Base64UrlEncoder.DecodeBytes(key.N).Length)));
        Assert.DoesNotContain("\"d\"", text, StringComparison.Ordinal);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(await host.AccessTokenAsync("operators.read"), new TokenValidationParameters
        {
            ValidIssuer = OpenIdHost.Issuer,
            ValidAudience = OpenIdHost.Issuer,
            ValidTypes = ["at+jwt"],
            IssuerSigningKeys = keys.GetSigningKeys(),
        });
        Assert.True(result.IsValid, result.Exception?.Message);
    }

    private static IEnumerable<string?> Texts(JsonElement document, string name) => document.GetProperty(name).EnumerateArray().Select(value => value.GetString());

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await host.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await OpenIdHost.JsonAsync(response);
    }
}
