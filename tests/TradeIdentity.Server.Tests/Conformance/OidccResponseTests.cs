using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>Plans of the basic profile, with the answer in the address and posted: what is asked, and what comes back.</summary>
public sealed class OidccResponseTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    /// <summary>The basic plan, and the one of form posts.</summary>
    public static TheoryData<string> Plans => ["query", "form_post"];

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_server_signs_in_with_a_valid_ID_token_an_access_token_and_UserInfo_of_one_person(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var request = client.Request(("response_mode", mode), ("scope", "openid profile"));
        var answer = await client.AskAsync(await host.PersonAsync(), request);
        Assert.Equal((SuiteClient.Callback, mode != "query"), (answer.Address!.GetLeftPart(UriPartial.Path), answer.Page.Length > 0));
        Assert.Equal(("a state", PersonHost.Issuer), (answer.Parameters["state"], answer.Parameters["iss"]));
        var tokens = await client.TokensOfAsync(answer, request);
        Assert.Equal("Bearer", tokens.GetProperty("token_type").GetString());
        Assert.True(tokens.GetProperty("expires_in").GetInt32() > 0);

        var idToken = await ValidatedAsync(tokens, client.Id);
        Assert.Equal("a nonce", (string)idToken.Claims["nonce"]);
        Assert.Equal(idToken.Claims["sub"], (await client.UserInfoAsync(tokens)).GetProperty("sub").GetString());
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_server_client_secret_post_takes_the_secret_from_the_form(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host, ("token_endpoint_auth_method", "client_secret_post"));
        var request = client.Request(("response_mode", mode));
        var answer = await client.AskAsync(await host.PersonAsync(), request);
        using var response = await host.PostAsync(
            "/connect/token", client.Id, ("client_secret", client.Secret), ("grant_type", "authorization_code"), ("code", answer.Code), ("redirect_uri", request.RedirectUri), ("code_verifier", request.Verifier));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_response_type_missing_is_refused(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var answer = await client.AskAsync(await host.PersonAsync(), client.Request(("response_type", null), ("response_mode", mode)));
        Assert.True(answer.Error is "invalid_request" or "unsupported_response_type" && answer.IsToClient, answer.ToString());
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_idtoken_signature_is_by_a_published_key_that_the_token_names(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var tokens = await client.TokensAsync(await host.PersonAsync(), client.Request(("response_mode", mode)));
        var header = new JsonWebToken(tokens.GetProperty("id_token").GetString());
        Assert.Equal(client.Registered.GetProperty("id_token_signed_response_alg").GetString(), header.Alg);
        Assert.Contains((await KeysAsync()).Keys, key => key.Kid == header.Kid && key.Alg == header.Alg);
        await ValidatedAsync(tokens, client.Id);
    }

    [Fact]
    public async Task oidcc_idtoken_unsigned_cannot_be_registered_for()
    {
        using var response = await host.RegisterClientAsync(SuiteClient.Metadata(("id_token_signed_response_alg", "none")));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_client_metadata");
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_ensure_request_without_nonce_succeeds_for_code_flow_and_the_ID_token_has_none(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var tokens = await client.TokensAsync(await host.PersonAsync(), client.Request(("nonce", null), ("response_mode", mode)));
        Assert.False(PersonHost.Claims(tokens, "id_token").TryGetProperty("nonce", out _));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_alternate_happy_flow_has_scopes_and_parameters_in_another_order(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var request = client.Request(("scope", "email profile openid"), ("response_mode", mode));
        var turned = new Uri(host.Http.BaseAddress!, request.Address).Query[1..].Split('&').Reverse();
        var tokens = await client.TokensOfAsync(await client.AskAsync(await host.PersonAsync(), "/connect/authorize?" + string.Join('&', turned)), request);
        Assert.NotEqual("", (await client.UserInfoAsync(tokens)).GetProperty("email").GetString());
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_ensure_request_with_unknown_parameter_succeeds(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        await client.TokensAsync(await host.PersonAsync(), client.Request(("extra", "foobar"), ("response_mode", mode)));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_ensure_post_request_succeeds(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var cookie = await host.PersonAsync();
        await client.TokensAsync(cookie, client.Request());
        var request = client.Request(("response_mode", mode));
        using var message = new HttpRequestMessage(HttpMethod.Post, "/connect/authorize") { Content = new FormUrlEncodedContent(request.Parameters!) };
        message.Headers.Add("Cookie", cookie);
        using var response = await host.Http.SendAsync(message, TestContext.Current.CancellationToken);
        var answer = response.Headers.Location?.OriginalString ?? await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(mode == "query" ? "code=" : "name=\"code\"", answer, StringComparison.Ordinal);
        Assert.Contains(SuiteClient.Callback, answer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_ensure_registered_redirect_uri_or_the_person_is_told_and_sent_nowhere(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var answer = await client.AskAsync(await host.PersonAsync(), client.Request(("redirect_uri", SuiteClient.Callback + "/unregistered"), ("response_mode", mode)));
        Assert.True(answer.IsErrorPage, answer.ToString());
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public Task oidcc_display_page_causes_no_error(string mode) => CausesNoErrorAsync(mode, "display", "page");

    [Theory]
    [MemberData(nameof(Plans))]
    public Task oidcc_display_popup_causes_no_error(string mode) => CausesNoErrorAsync(mode, "display", "popup");

    [Theory]
    [MemberData(nameof(Plans))]
    public Task oidcc_claims_locales_causes_no_error(string mode) => CausesNoErrorAsync(mode, "claims_locales", "se");

    internal static async Task<TokenValidationResult> ValidateAsync(ConformanceHost host, string token, string audience) =>
        await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = PersonHost.Issuer,
            ValidAudience = audience,
            IssuerSigningKeys = (await KeysAsync(host)).GetSigningKeys(),
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) => expires > host.Clock.GetUtcNow() && (notBefore is null || notBefore <= host.Clock.GetUtcNow()),
        });

    private async Task CausesNoErrorAsync(string mode, string name, string value)
    {
        var client = await SuiteClient.RegisterAsync(host);
        Assert.True((await client.AskAsync(null, client.Request((name, value), ("response_mode", mode)))).AsksToSignIn);
        await client.TokensAsync(await host.PersonAsync(), client.Request((name, value), ("response_mode", mode)));
    }

    private static async Task<JsonWebKeySet> KeysAsync(ConformanceHost host) =>
        new(await host.Http.GetStringAsync(new Uri("/.well-known/jwks", UriKind.Relative), TestContext.Current.CancellationToken));

    private Task<JsonWebKeySet> KeysAsync() => KeysAsync(host);

    private async Task<TokenValidationResult> ValidatedAsync(JsonElement tokens, string audience)
    {
        var result = await ValidateAsync(host, tokens.GetProperty("id_token").GetString()!, audience);
        Assert.True(result.IsValid, result.Exception?.Message);
        return result;
    }
}
