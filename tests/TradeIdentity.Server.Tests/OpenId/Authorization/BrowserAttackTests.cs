using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace TradeIdentity.Server.Tests.OpenId.Authorization;

/// <summary>RFC 9700: what an attacker's page, link or log could use of the pages on the way to a code.</summary>
public sealed class BrowserAttackTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // §4.16 (framing), §4.2 (the address of a page in the Referer), §4.3 (caches).
    [Fact]
    public async Task No_page_on_the_way_can_be_framed_kept_or_named_to_another_site()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var signIn = await host.AuthorizeAsync(cookie: null, new AuthorizationRequest().Address);
        Assert.Equal("/sign-in", signIn.AbsolutePath);
        var consent = await host.AuthorizeAsync(cookie, new AuthorizationRequest().Address);
        Assert.Equal("/consent", consent.AbsolutePath);
        await host.AnswerAsync(consent, cookie);
        foreach (var (address, status) in new[]
        {
            (signIn.PathAndQuery, HttpStatusCode.OK),
            (consent.PathAndQuery, HttpStatusCode.OK),
            (new AuthorizationRequest().Address, HttpStatusCode.Redirect),
            (AuthorizationRequest.With(("response_mode", "form_post")).Address, HttpStatusCode.OK),
            (AuthorizationRequest.With(("redirect_uri", "https://evil.example/")).Address, HttpStatusCode.BadRequest),
        })
        {
            using var response = await host.GetAsync(address, cookie);
            Assert.True(response.StatusCode == status, $"{address}: {response.StatusCode}");
            Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Contains(response.Headers.GetValues("Referrer-Policy").Single(), (string[])["no-referrer", "same-origin"]);
            Assert.True(response.Headers.CacheControl?.NoStore, address);
        }
    }

    // §4.12: with 307 the browser would post the password or the answer on to the client.
    [Fact]
    public async Task A_posted_request_is_not_posted_on_to_the_client()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        await host.CodeAsync(cookie, new AuthorizationRequest());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/authorize") { Content = new FormUrlEncodedContent(new AuthorizationRequest().Parameters!) };
        request.Headers.Add("Cookie", cookie);
        using var response = await host.Http.SendAsync(request, Cancelled);
        Assert.Contains("code=", response.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.Found, HttpStatusCode.SeeOther]);
    }

    // §2.6: a script of another site has nothing to read at the authorization endpoint.
    [Theory]
    [InlineData("GET")]
    [InlineData("OPTIONS")]
    public async Task A_script_of_another_site_may_not_read_the_authorization_endpoint(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new AuthorizationRequest().Address);
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var response = await host.Http.SendAsync(request, Cancelled);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    // §4.3.2: an address is logged and kept by browsers; a token in it counts for nothing.
    [Fact]
    public async Task A_token_in_an_address_opens_nothing()
    {
        var tokens = await host.TokensAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), new AuthorizationRequest());
        var token = tokens.GetProperty("access_token").GetString()!;
        foreach (var path in new[] { "/connect/userinfo", "/api/v1/operators?query=x" })
        {
            var address = QueryHelpers.AddQueryString(path, "access_token", token);
            using var response = await host.GetAsync(address);
            Assert.True(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest, $"{path}: {response.StatusCode}");
            using var posted = await host.Http.PostAsync(new Uri(address, UriKind.Relative), new FormUrlEncodedContent([]), Cancelled);
            Assert.False(posted.IsSuccessStatusCode, $"{path}: {posted.StatusCode}");
        }

        using var shown = await host.GetAsync("/connect/userinfo", bearer: token);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    // §4.9, FAPI 2.0 §6.1: what leaks is soon of no use.
    [Fact]
    public async Task An_access_token_lasts_ten_minutes_at_most()
    {
        var tokens = await host.TokensAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), new AuthorizationRequest());
        var claims = PersonHost.Claims(tokens, "access_token");
        Assert.InRange(claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64(), 1, 600);
        Assert.InRange(tokens.GetProperty("expires_in").GetInt64(), 1, 600);
    }

    // §4.8: leaving the verifier out gets no more than a wrong one, for a client with a secret too.
    [Fact]
    public async Task A_code_without_its_verifier_is_refused()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var request = new AuthorizationRequest();
        var code = await host.CodeAsync(cookie, request);
        using var response = await host.TokenAsync(request.ClientId, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", request.RedirectUri));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains((await OpenIdHost.JsonAsync(response)).GetProperty("error").GetString(), (string[])["invalid_grant", "invalid_request"]);
    }

    // §4.6, OpenID Connect Core §16.9: token substitution.
    [Fact]
    public async Task What_a_person_allowed_one_client_is_no_token_of_another()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var tokens = await host.TokensAsync(cookie, AuthorizationRequest.With(("scope", "openid offline_access")));
        using var refresh = await host.RefreshAsync(PersonHost.Application, tokens.GetProperty("refresh_token").GetString()!);
        await OpenIdHost.AssertErrorAsync(refresh, HttpStatusCode.BadRequest, "invalid_grant");
        using var shown = await host.PostAsync("/connect/introspect", PersonHost.Agency, ("token", tokens.GetProperty("access_token").GetString()!));
        Assert.True((await OpenIdHost.JsonAsync(shown)).GetProperty("active").GetBoolean());
        Assert.Equal(PersonHost.Agency, PersonHost.Claims(tokens, "access_token").GetProperty("client_id").GetString());
        // The ID token is for the client, and opens nothing here.
        using var userInfo = await host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("id_token").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, userInfo.StatusCode);
    }
}
