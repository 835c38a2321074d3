using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using TradeIdentity.Server.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Authorization;

public sealed class CodeFlowTests(PersonHost host) : IClassFixture<PersonHost>
{
    [Fact]
    public async Task A_person_signs_in_allows_it_and_the_client_learns_who_and_for_whom()
    {
        var account = await host.RegisterAsync(PersonHost.Tin);
        var request = AuthorizationRequest.With(("scope", "openid profile email organization aeo offline_access"));
        var first = await host.AuthorizeAsync(null, request.Address);
        Assert.Equal("/sign-in", first.AbsolutePath);

        var cookie = await host.SignInAsync(account);
        var consent = await host.AuthorizeAsync(cookie, PersonHost.ReturnUrl(first));
        var answer = QueryHelpers.ParseQuery((await host.AnswerAsync(consent, cookie)).Query);
        Assert.Equal("a state", answer["state"].ToString());
        Assert.Equal(PersonHost.Issuer, answer["iss"].ToString());

        using var response = await host.ExchangeAsync(answer["code"].ToString(), request);
        var tokens = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, tokens.ToString());
        var idToken = PersonHost.Claims(tokens, "id_token");
        Assert.Equal(account, idToken.GetProperty("sub").GetString());
        Assert.Equal(PersonHost.Agency, idToken.GetProperty("aud").GetString());
        Assert.Equal(PersonHost.Issuer, idToken.GetProperty("iss").GetString());
        Assert.Equal("a nonce", idToken.GetProperty("nonce").GetString());
        Assert.Equal("urn:tradeidentity:acr:1", idToken.GetProperty("acr").GetString());
        Assert.Equal(host.SidOf(cookie), idToken.GetProperty("sid").GetString());
        Assert.Equal("pwd", Assert.Single(idToken.GetProperty("amr").EnumerateArray()).GetString());
        Assert.Equal("Number", idToken.GetProperty("auth_time").ValueKind.ToString());
        Assert.Equal(PersonHost.Tin, idToken.GetProperty("organization").GetProperty("tin").GetString());
        Assert.Equal("Example Flower Exports B.V.", idToken.GetProperty("organization").GetProperty("legal_name").GetString());
        Assert.Equal("administrator", Assert.Single(idToken.GetProperty("roles").EnumerateArray()).GetString());
        Assert.Contains(idToken.GetProperty("aeo").EnumerateArray(), aeo => aeo.GetProperty("component").GetString() == "AEOC" && aeo.GetProperty("status").GetString() == "granted");
        Assert.False(idToken.TryGetProperty("email", out _), "Core §5.4: the claims of a scope are at the UserInfo endpoint.");

        var accessToken = PersonHost.Claims(tokens, "access_token");
        Assert.Equal(PersonHost.Tin, accessToken.GetProperty("organization").GetProperty("tin").GetString());
        Assert.False(accessToken.TryGetProperty("sid", out _));
        using var userInfo = await host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("access_token").GetString());
        var claims = await OpenIdHost.JsonAsync(userInfo);
        Assert.Equal(account, claims.GetProperty("sub").GetString());
        Assert.Equal("Ada Example", claims.GetProperty("name").GetString());
        Assert.True(claims.GetProperty("email_verified").GetBoolean());
        // Its identifiers are confirmed by a register; its name is the trader's word, and not verified.
        var verified = Assert.Single(claims.GetProperty("verified_claims").EnumerateArray());
        Assert.Equal("tradeidentity_register", verified.GetProperty("verification").GetProperty("trust_framework").GetString());
        Assert.Contains(verified.GetProperty("claims").GetProperty("organization_identifiers").EnumerateArray(), identifier => identifier.GetProperty("scheme").GetString() == "lei");
        Assert.False(verified.GetProperty("claims").TryGetProperty("organization_name", out _));
    }

    [Fact]
    public async Task What_was_allowed_once_is_not_asked_again_and_more_is()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        await host.TokensAsync(cookie, AuthorizationRequest.With(("scope", "openid profile email")));
        var again = await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("scope", "openid profile")).Address);
        Assert.Equal(PersonHost.Callback, again.GetLeftPart(UriPartial.Path));
        Assert.Equal("/consent", (await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("scope", "openid profile organization")).Address)).AbsolutePath);
        Assert.Equal("/consent", (await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("prompt", "consent")).Address)).AbsolutePath);
        Assert.Equal("/consent", (await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("claims", """{"userinfo":{"aeo":null}}""")).Address)).AbsolutePath);
    }

    [Fact]
    public async Task A_refusal_is_told_to_the_client()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var consent = await host.AuthorizeAsync(cookie, new AuthorizationRequest().Address);
        var answer = await host.AnswerAsync(consent, cookie, InteractionAnswer.Refused);
        AssertError("access_denied", answer);
    }

    [Fact]
    public async Task The_answer_of_one_request_or_one_person_is_none_for_another()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var narrow = await host.AuthorizeAsync(cookie, new AuthorizationRequest().Address);
        var answered = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Interactions>(host.Services)
            .Answer(PersonHost.ReturnUrl(narrow), InteractionAnswer.Allowed, host.SidOf(cookie));
        var ticket = QueryHelpers.ParseQuery(new Uri(host.Http.BaseAddress!, answered).Query)["interaction"].ToString();
        var wide = AuthorizationRequest.With(("scope", "openid email organization"), ("interaction", ticket));
        Assert.Equal("/consent", (await host.AuthorizeAsync(cookie, wide.Address)).AbsolutePath);
        var other = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        Assert.Equal("/consent", (await host.AuthorizeAsync(other, answered)).AbsolutePath);
        Assert.Equal("/consent", (await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("interaction", "forged")).Address)).AbsolutePath);
    }

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge_method", null)]
    [InlineData("response_type", "token")]
    [InlineData("response_type", "code id_token")]
    [InlineData("response_mode", "fragment")]
    [InlineData("claims", "{")]
    [InlineData("claims", """{"userinfo":[]}""")]
    [InlineData("max_age", "-1")]
    [InlineData("max_age", "soon")]
    [InlineData("organization", "not a tin")]
    [InlineData("prompt", "none login")]
    [InlineData("prompt", "create")]
    public async Task What_is_not_offered_is_refused(string name, string? value)
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        using var response = await host.GetAsync(AuthorizationRequest.With((name, value)).Address, cookie);
        var answer = response.Headers.Location?.Query ?? await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("error", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("code=", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://agency.example/callback/")]
    [InlineData("https://agency.example/callback?x=1")]
    [InlineData("https://agency.example.evil.example/callback")]
    [InlineData("https://agency.example/callback#x")]
    [InlineData("http://agency.example/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData(PersonHost.ApplicationCallback)]
    public async Task Nobody_is_sent_to_an_address_that_is_not_registered_for_the_client(string address)
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        using var response = await host.GetAsync(AuthorizationRequest.With(("redirect_uri", address)).Address, cookie);
        Assert.Null(response.Headers.Location);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_code_is_for_its_client_its_verifier_and_its_address()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var request = new AuthorizationRequest();
        using var wrongVerifier = await host.ExchangeAsync(await host.CodeAsync(cookie, request), request, new string('A', 43));
        await OpenIdHost.AssertErrorAsync(wrongVerifier, HttpStatusCode.BadRequest, "invalid_grant");
        using var wrongClient = await host.ExchangeAsync(await host.CodeAsync(cookie, request), request with { ClientId = PersonHost.Application });
        await OpenIdHost.AssertErrorAsync(wrongClient, HttpStatusCode.BadRequest, "invalid_grant");
        using var wrongAddress = await host.ExchangeAsync(await host.CodeAsync(cookie, request), request with { RedirectUri = PersonHost.ApplicationCallback });
        await OpenIdHost.AssertErrorAsync(wrongAddress, HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task A_code_used_twice_ends_what_it_gave()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var request = AuthorizationRequest.With(("scope", "openid offline_access"));
        var code = await host.CodeAsync(cookie, request);
        using var first = await host.ExchangeAsync(code, request);
        var tokens = await OpenIdHost.JsonAsync(first);
        using var second = await host.ExchangeAsync(code, request);
        await OpenIdHost.AssertErrorAsync(second, HttpStatusCode.BadRequest, "invalid_grant");
        using var refreshed = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
        await OpenIdHost.AssertErrorAsync(refreshed, HttpStatusCode.BadRequest, "invalid_grant");
        using var userInfo = await host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, userInfo.StatusCode);
    }

    [Fact]
    public async Task The_answer_may_be_posted_by_a_page_that_can_run_that_one_script()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        await host.TokensAsync(cookie, new AuthorizationRequest());
        using var page = await host.GetAsync(AuthorizationRequest.With(("response_mode", "form_post")).Address, cookie);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"action=\"{PersonHost.Callback}\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"code\"", html, StringComparison.Ordinal);
        var script = html[(html.IndexOf("<script>", StringComparison.Ordinal) + 8)..html.IndexOf("</script>", StringComparison.Ordinal)];
        var digest = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"script-src 'sha256-{digest}'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_may_be_posted()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        using var message = new HttpRequestMessage(HttpMethod.Post, "/connect/authorize") { Content = new FormUrlEncodedContent(new AuthorizationRequest().Parameters!) };
        message.Headers.Add("Cookie", cookie);
        using var response = await host.Http.SendAsync(message, TestContext.Current.CancellationToken);
        var consent = new Uri(host.Http.BaseAddress!, response.Headers.Location!);
        Assert.Contains("code=", (await host.AnswerAsync(consent, cookie)).Query, StringComparison.Ordinal);
    }

    internal static void AssertError(string error, Uri answer)
    {
        Assert.Equal(PersonHost.Callback, answer.GetLeftPart(UriPartial.Path));
        var parameters = QueryHelpers.ParseQuery(answer.Query);
        Assert.Equal(error, parameters["error"].ToString());
        Assert.Equal("a state", parameters["state"].ToString());
        Assert.False(parameters.ContainsKey("code"));
    }
}
