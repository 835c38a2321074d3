using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.Dpop;

namespace TradeIdentity.Server.Tests.OpenId.MutualTls;

/// <summary>RFC 8705 §3 and §4: a token that is bound to a certificate is of use to nobody else; and FAPI 2.0 with certificates.</summary>
public sealed class CertificateBoundTokenTests(MutualTlsHost host) : IClassFixture<MutualTlsHost>
{
    private const string Operator = "/api/v1/operators/" + PersonHost.Tin;

    [Fact]
    public async Task The_API_takes_it_with_its_certificate_and_with_no_other()
    {
        using var certificate = Certificate();
        using var sameName = Certificate();
        var token = await TokenAsync(certificate);
        Assert.Equal(MutualTlsHost.Thumbprint(certificate), MutualTlsHost.BoundTo(token));
        using var holder = await host.GetAsync(certificate, Operator, token);
        Assert.Equal(HttpStatusCode.OK, holder.StatusCode);
        foreach (var other in (X509Certificate2?[])[sameName, host.SelfSigned, null])
        {
            using var response = await host.GetAsync(other, Operator, token);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Contains("invalid_token", Assert.Single(response.Headers.WwwAuthenticate, challenge => challenge.Scheme == "Bearer").Parameter, StringComparison.Ordinal);
        }

        using var plain = await host.GetAsync(Operator, bearer: token);
        Assert.Equal(HttpStatusCode.Unauthorized, plain.StatusCode);
    }

    [Fact]
    public async Task A_registered_certificate_binds_and_the_clients_other_authentication_binds_too()
    {
        using var byItself = await host.TokenAsync("by-itself", host.SelfSigned);
        Assert.Equal(MutualTlsHost.Thumbprint(host.SelfSigned), MutualTlsHost.BoundTo(Text(await OpenIdHost.JsonAsync(byItself), "access_token")));

        // §3: how the client authenticates has nothing to do with it; a certificate that nobody issued is enough.
        using var http = host.Connect(host.SelfSigned);
        using var bySecret = await SecretAsync(http, "by-secret");
        Assert.Equal(MutualTlsHost.Thumbprint(host.SelfSigned), MutualTlsHost.BoundTo(Text(await OpenIdHost.JsonAsync(bySecret), "access_token")));
    }

    [Fact]
    public async Task A_client_that_did_not_ask_for_it_gets_bearer_tokens_and_one_that_did_gets_no_other()
    {
        using var http = host.Connect(host.SelfSigned);
        using var unbound = await SecretAsync(http, "unbound");
        Assert.Null(MutualTlsHost.BoundTo(Text(await OpenIdHost.JsonAsync(unbound), "access_token")));

        using var without = await SecretAsync(host.Http, "by-secret");
        await OpenIdHost.AssertErrorAsync(without, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_proof_beside_the_certificate_is_refused()
    {
        var (key, address) = (new ProofKeyOfTest(), host.BaseUrl + "/connect/token");
        using var http = host.Connect(host.SelfSigned);
        http.DefaultRequestHeaders.Add("DPoP", key.Proof("POST", address, nonce: null));
        using var first = await SecretAsync(http, "by-secret");
        http.DefaultRequestHeaders.Remove("DPoP");
        http.DefaultRequestHeaders.Add("DPoP", key.Proof("POST", address, Assert.Single(first.Headers.GetValues("DPoP-Nonce"))));
        using var second = await SecretAsync(http, "by-secret");
        await OpenIdHost.AssertErrorAsync(second, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Introspection_shows_the_binding()
    {
        using var certificate = Certificate();
        var token = await TokenAsync(certificate);
        using var http = host.Connect(certificate);
        using var response = await MutualTlsHost.PostAsync(http, "/connect/introspect", ("client_id", "by-subject"), ("token", token));
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True(json.GetProperty("active").GetBoolean());
        Assert.Equal(MutualTlsHost.Thumbprint(certificate), Text(json.GetProperty("cnf"), "x5t#S256"));
        Assert.Equal("Bearer", Text(json, "token_type"));
    }

    [Fact]
    public async Task Refresh_tokens_of_a_public_client_are_bound_too()
    {
        var request = new AuthorizationRequest { ClientId = "public", RedirectUri = MutualTlsHost.PublicCallback, More = { ["scope"] = "openid offline_access" } };
        var code = await host.CodeAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), request);
        using var http = host.Connect(host.SelfSigned);
        using var tokens = await ExchangeAsync(http, request, code);
        var refreshToken = Text(await OpenIdHost.JsonAsync(tokens), "refresh_token");

        using var thief = AuthorityOfTest.SelfSigned("CN=thief");
        using var thiefs = host.Connect(thief);
        using var stolen = await RefreshAsync(thiefs, "public", refreshToken);
        await OpenIdHost.AssertErrorAsync(stolen, HttpStatusCode.BadRequest, "invalid_grant");
        using var own = await RefreshAsync(http, "public", refreshToken);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var userInfo = await host.GetAsync(host.SelfSigned, "/connect/userinfo", Text(await OpenIdHost.JsonAsync(own), "access_token"));
        Assert.Equal(HttpStatusCode.OK, userInfo.StatusCode);
    }

    [Fact]
    public async Task A_client_of_FAPI_2_pushes_redeems_and_refreshes_by_its_certificate()
    {
        using var certificate = host.Authority.Issue("CN=x", names => names.AddDnsName("fapi.example"));
        using var http = host.Connect(certificate);
        var request = new AuthorizationRequest { ClientId = "fapi", RedirectUri = MutualTlsHost.FapiCallback, More = { ["scope"] = "openid offline_access" } };
        using var pushed = await MutualTlsHost.PostAsync(http, "/connect/par", [.. request.Parameters.Select(parameter => (parameter.Key, parameter.Value!))]);
        var par = await OpenIdHost.JsonAsync(pushed);
        // §5.3.2.2.
        Assert.InRange(par.GetProperty("expires_in").GetInt64(), 5, 599);

        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var consent = await host.AuthorizeAsync(cookie, QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?> { ["client_id"] = "fapi", ["request_uri"] = Text(par, "request_uri") }));
        var code = QueryHelpers.ParseQuery((await host.AnswerAsync(consent, cookie)).Query)["code"].ToString();
        using var exchanged = await ExchangeAsync(http, request, code);
        var tokens = await OpenIdHost.JsonAsync(exchanged);
        Assert.True(exchanged.StatusCode == HttpStatusCode.OK, tokens.ToString());
        Assert.Equal(MutualTlsHost.Thumbprint(certificate), MutualTlsHost.BoundTo(Text(tokens, "access_token")));

        using var holder = await host.GetAsync(certificate, "/connect/userinfo", Text(tokens, "access_token"));
        Assert.Equal(HttpStatusCode.OK, holder.StatusCode);
        using var thief = await host.GetAsync(host.SelfSigned, "/connect/userinfo", Text(tokens, "access_token"));
        Assert.Equal(HttpStatusCode.Unauthorized, thief.StatusCode);

        // §5.3.2.1: the refresh token is not rotated; it stays good.
        for (var time = 0; time < 2; time++)
        {
            using var refreshed = await RefreshAsync(http, "fapi", Text(tokens, "refresh_token"));
            var fresh = await OpenIdHost.JsonAsync(refreshed);
            Assert.True(refreshed.StatusCode == HttpStatusCode.OK, fresh.ToString());
            Assert.False(fresh.TryGetProperty("refresh_token", out _));
            Assert.Equal(MutualTlsHost.Thumbprint(certificate), MutualTlsHost.BoundTo(Text(fresh, "access_token")));
        }

        using var ended = await MutualTlsHost.PostAsync(http, "/connect/revoke", ("client_id", "fapi"), ("token", Text(tokens, "refresh_token")));
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        using var after = await RefreshAsync(http, "fapi", Text(tokens, "refresh_token"));
        await OpenIdHost.AssertErrorAsync(after, HttpStatusCode.BadRequest, "invalid_grant");
    }

    private X509Certificate2 Certificate() => host.Authority.Issue("CN=\"Freight, Example\", O=Example Freight, C=XA");

    private async Task<string> TokenAsync(X509Certificate2 certificate)
    {
        using var response = await host.TokenAsync("by-subject", certificate);
        return Text(await OpenIdHost.JsonAsync(response), "access_token");
    }

    private static Task<HttpResponseMessage> SecretAsync(HttpClient http, string client) => MutualTlsHost.PostAsync(
        http, "/connect/token", ("grant_type", "client_credentials"), ("client_id", client), ("client_secret", PersonHost.AgencySecret), ("scope", "operators.read"));

    private static Task<HttpResponseMessage> ExchangeAsync(HttpClient http, AuthorizationRequest request, string code) => MutualTlsHost.PostAsync(
        http, "/connect/token", ("client_id", request.ClientId), ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", request.RedirectUri), ("code_verifier", request.Verifier));

    private static Task<HttpResponseMessage> RefreshAsync(HttpClient http, string client, string token) =>
        MutualTlsHost.PostAsync(http, "/connect/token", ("client_id", client), ("grant_type", "refresh_token"), ("refresh_token", token));

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString()! : throw new InvalidOperationException(json.ToString());
}
