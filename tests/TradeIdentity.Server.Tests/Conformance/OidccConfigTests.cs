using System.Net;
using System.Text.Json;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>The plan of the discovery document. The suite wants https everywhere; so does this server, outside Development.</summary>
public sealed class OidccConfigTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    private static readonly string[] Endpoints =
    [
        "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "registration_endpoint", "end_session_endpoint",
        "pushed_authorization_request_endpoint", "introspection_endpoint", "revocation_endpoint", "device_authorization_endpoint",
    ];

    [Fact]
    public async Task oidcc_discovery_endpoint_verification_finds_what_OpenID_Connect_Discovery_requires()
    {
        using var response = await host.GetAsync("/.well-known/openid-configuration");
        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var document = await OpenIdHost.JsonAsync(response);
        Assert.Equal(PersonHost.Issuer, document.GetProperty("issuer").GetString());
        Assert.All(Endpoints, name => Assert.StartsWith(PersonHost.Issuer + "/", document.GetProperty(name).GetString(), StringComparison.Ordinal));
        Assert.Contains("code", Texts(document, "response_types_supported"));
        Assert.Contains("RS256", Texts(document, "id_token_signing_alg_values_supported"));
        Assert.DoesNotContain("none", Texts(document, "id_token_signing_alg_values_supported"));
        Assert.Equal(["pairwise", "public"], Texts(document, "subject_types_supported").Order());
        Assert.Contains("openid", Texts(document, "scopes_supported"));
        Assert.Contains("sub", Texts(document, "claims_supported"));
        Assert.Contains("authorization_code", Texts(document, "grant_types_supported"));
        Assert.Contains("S256", Texts(document, "code_challenge_methods_supported"));

        using var keys = await host.GetAsync(new Uri(document.GetProperty("jwks_uri").GetString()!).AbsolutePath);
        var set = (await OpenIdHost.JsonAsync(keys)).GetProperty("keys").EnumerateArray().ToList();
        Assert.All(set, key => Assert.False(key.TryGetProperty("d", out _), "A private key."));
        Assert.Equal(set.Count, set.Select(key => key.GetProperty("kid").GetString()).Distinct().Count());
    }

    private static IEnumerable<string?> Texts(JsonElement document, string name) => document.GetProperty(name).EnumerateArray().Select(value => value.GetString());
}
