using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Dpop;

/// <summary>RFC 9449 §5 (refresh tokens), §7 (UserInfo) and §10 (codes), with a public client.</summary>
public sealed class DpopForPersonsTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string TokenAddress = PersonHost.Issuer + "/connect/token";
    private const string UserInfoAddress = PersonHost.Issuer + "/connect/userinfo";
    private const string PushAddress = PersonHost.Issuer + "/connect/par";

    private readonly ProofKeyOfTest _key = new();

    [Fact]
    public async Task A_public_clients_refresh_token_is_good_with_its_key_alone()
    {
        var tokens = await TokensAsync(Request(("scope", "openid profile offline_access")));
        Assert.Equal("DPoP", tokens.GetProperty("token_type").GetString());
        var refresh = ("refresh_token", tokens.GetProperty("refresh_token").GetString()!);
        using var none = await PostAsync("/connect/token", proof: null, ("grant_type", "refresh_token"), refresh);
        await OpenIdHost.AssertErrorAsync(none, HttpStatusCode.BadRequest, "invalid_grant");
        using var other = await PostAsync("/connect/token", await ProofAsync(new ProofKeyOfTest()), ("grant_type", "refresh_token"), refresh);
        await OpenIdHost.AssertErrorAsync(other, HttpStatusCode.BadRequest, "invalid_grant");

        using var own = await PostAsync("/connect/token", await ProofAsync(_key), ("grant_type", "refresh_token"), refresh);
        var refreshed = await OpenIdHost.JsonAsync(own);
        Assert.True(own.StatusCode == HttpStatusCode.OK, refreshed.ToString());
        Assert.Equal(_key.Thumbprint, PersonHost.Claims(refreshed, "access_token").GetProperty("cnf").GetProperty("jkt").GetString());
        using var stolen = await PostAsync("/connect/token", await ProofAsync(new ProofKeyOfTest()), ("grant_type", "refresh_token"), ("refresh_token", refreshed.GetProperty("refresh_token").GetString()!));
        await OpenIdHost.AssertErrorAsync(stolen, HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task UserInfo_is_for_the_holder_of_the_key()
    {
        var token = (await TokensAsync(Request())).GetProperty("access_token").GetString()!;
        using var good = await UserInfoAsync("DPoP", token, _key.Proof("GET", UserInfoAddress, await NonceAsync(), token));
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        foreach (var (scheme, proof, error) in new[]
        {
            ("DPoP", new ProofKeyOfTest().Proof("GET", UserInfoAddress, await NonceAsync(), token), "invalid_token"),
            ("DPoP", _key.Proof("GET", UserInfoAddress, await NonceAsync()), "invalid_dpop_proof"),
            ("DPoP", _key.Proof("GET", UserInfoAddress, nonce: null, token), "use_dpop_nonce"),
            ("Bearer", null, "invalid_token"),
        })
        {
            using var refused = await UserInfoAsync(scheme, token, proof);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            var challenge = Assert.Single(refused.Headers.WwwAuthenticate);
            Assert.Equal(scheme, challenge.Scheme);
            Assert.Contains($"error=\"{error}\"", challenge.Parameter, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_code_is_redeemed_by_the_key_that_the_request_named()
    {
        var request = Request(("dpop_jkt", _key.Thumbprint));
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        using var other = await ExchangeAsync(await host.CodeAsync(cookie, request), request, await ProofAsync(new ProofKeyOfTest()));
        await OpenIdHost.AssertErrorAsync(other, HttpStatusCode.BadRequest, "invalid_grant");
        using var none = await ExchangeAsync(await host.CodeAsync(cookie, request), request, proof: null);
        await OpenIdHost.AssertErrorAsync(none, HttpStatusCode.BadRequest, "invalid_grant");
        using var own = await ExchangeAsync(await host.CodeAsync(cookie, request), request, await ProofAsync(_key));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task A_pushed_request_names_the_key_by_its_proof()
    {
        var request = Request();
        var form = request.Parameters.Where(parameter => parameter.Key != "client_id").Select(parameter => (parameter.Key, parameter.Value!)).ToArray();
        using var mixed = await PostAsync("/connect/par", _key.Proof("POST", PushAddress, await NonceAsync()), [.. form, ("dpop_jkt", new ProofKeyOfTest().Thumbprint)]);
        await OpenIdHost.AssertErrorAsync(mixed, HttpStatusCode.BadRequest, "invalid_dpop_proof");

        using var pushed = await PostAsync("/connect/par", _key.Proof("POST", PushAddress, await NonceAsync()), form);
        var address = QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?>
        {
            ["client_id"] = PersonHost.Application,
            ["request_uri"] = (await OpenIdHost.JsonAsync(pushed)).GetProperty("request_uri").GetString(),
        });
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var answer = await host.AnswerAsync(await host.AuthorizeAsync(cookie, address), cookie);
        using var other = await ExchangeAsync(QueryHelpers.ParseQuery(answer.Query)["code"].ToString(), request, await ProofAsync(new ProofKeyOfTest()));
        await OpenIdHost.AssertErrorAsync(other, HttpStatusCode.BadRequest, "invalid_grant");
    }

    private static AuthorizationRequest Request(params (string Name, string? Value)[] more) =>
        AuthorizationRequest.With(more) with { ClientId = PersonHost.Application, RedirectUri = PersonHost.ApplicationCallback };

    private async Task<JsonElement> TokensAsync(AuthorizationRequest request)
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        using var response = await ExchangeAsync(await host.CodeAsync(cookie, request), request, await ProofAsync(_key));
        var tokens = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, tokens.ToString());
        return tokens;
    }

    private Task<HttpResponseMessage> ExchangeAsync(string code, AuthorizationRequest request, string? proof) =>
        PostAsync("/connect/token", proof, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", request.RedirectUri), ("code_verifier", request.Verifier));

    private async Task<string> ProofAsync(ProofKeyOfTest key) => key.Proof("POST", TokenAddress, await NonceAsync());

    private async Task<string> NonceAsync()
    {
        using var response = await PostAsync("/connect/token", _key.Proof("POST", TokenAddress, nonce: null), ("grant_type", "refresh_token"), ("refresh_token", "x"));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "use_dpop_nonce");
        return Assert.Single(response.Headers.GetValues("DPoP-Nonce"));
    }

    private async Task<HttpResponseMessage> UserInfoAsync(string scheme, string token, string? proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo") { Headers = { Authorization = new AuthenticationHeaderValue(scheme, token) } };
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string? proof, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Append(("client_id", PersonHost.Application)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        };
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
