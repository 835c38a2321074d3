using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.SignedRequests;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>The plans of logout: by the client's wish, by back channel, by front channel.</summary>
public sealed class OidccLogoutTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    [Fact]
    public Task oidcc_rp_initiated_logout_discovery_endpoint_verification_finds_the_endpoint() => IsDiscoveredAsync();

    [Fact]
    public Task oidcc_backchannel_logout_discovery_endpoint_verification_finds_it_with_sessions() =>
        IsDiscoveredAsync("backchannel_logout_supported", "backchannel_logout_session_supported");

    [Fact]
    public Task oidcc_frontchannel_logout_discovery_endpoint_verification_finds_it_with_sessions() =>
        IsDiscoveredAsync("frontchannel_logout_supported", "frontchannel_logout_session_supported");

    [Fact]
    public async Task oidcc_rp_initiated_logout_comes_back_and_nobody_is_signed_in()
    {
        var (client, cookie, hint) = await SignedInAsync();
        var back = await host.AuthorizeAsync(cookie, Logout(("id_token_hint", hint), ("post_logout_redirect_uri", SuiteClient.SignedOut), ("state", "kept")));
        Assert.Equal($"{SuiteClient.SignedOut}?state=kept", back.ToString());
        await IsSignedOutAsync(client, cookie);
    }

    [Fact]
    public async Task oidcc_rp_initiated_logout_no_state_comes_back_without_one()
    {
        var (client, cookie, hint) = await SignedInAsync();
        Assert.Equal(SuiteClient.SignedOut, (await host.AuthorizeAsync(cookie, Logout(("id_token_hint", hint), ("post_logout_redirect_uri", SuiteClient.SignedOut)))).ToString());
        await IsSignedOutAsync(client, cookie);
    }

    [Fact]
    public Task oidcc_rp_initiated_logout_bad_post_logout_redirect_uri_is_not_followed() =>
        IsNotFollowedAsync(hint => [("id_token_hint", hint), ("post_logout_redirect_uri", "https://elsewhere.example/post_logout")]);

    [Fact]
    public Task oidcc_rp_initiated_logout_query_added_to_post_logout_redirect_uri_is_not_followed() =>
        IsNotFollowedAsync(hint => [("id_token_hint", hint), ("post_logout_redirect_uri", SuiteClient.SignedOut + "?foo=bar")]);

    [Fact]
    public Task oidcc_rp_initiated_logout_modified_id_token_hint_is_not_followed() => IsNotFollowedAsync(hint =>
        [("id_token_hint", $"{SigningClient.Encode("""{"alg":"none"}""")}.{hint.Split('.')[1]}."), ("post_logout_redirect_uri", SuiteClient.SignedOut)]);

    [Fact]
    public Task oidcc_rp_initiated_logout_bad_id_token_hint_is_not_followed() => IsNotFollowedAsync(hint =>
    {
        using var signing = new SigningClient();
        return [("id_token_hint", signing.Sign(System.Text.Encoding.UTF8.GetString(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(hint.Split('.')[1])), type: "JWT")), ("post_logout_redirect_uri", SuiteClient.SignedOut)];
    });

    [Fact]
    public Task oidcc_rp_initiated_logout_no_id_token_hint_asks_the_person() => IsNotFollowedAsync(_ => [("post_logout_redirect_uri", SuiteClient.SignedOut)]);

    [Fact]
    public Task oidcc_rp_initiated_logout_no_params_signs_out_who_confirms_it() => SignsOutOnThePageAsync(_ => []);

    [Fact]
    public Task oidcc_rp_initiated_logout_only_state_signs_out_who_confirms_it() => SignsOutOnThePageAsync(_ => [("state", "kept")]);

    [Fact]
    public async Task oidcc_rp_initiated_logout_no_post_logout_redirect_uri_says_that_the_person_is_signed_out()
    {
        var (client, cookie, hint) = await SignedInAsync();
        Assert.Equal("/sign-out", (await host.AuthorizeAsync(cookie, Logout(("id_token_hint", hint), ("state", "kept")))).AbsolutePath);
        await IsSignedOutAsync(client, cookie);
        using var page = await host.GetAsync("/sign-out", cookie);
        Assert.Contains("You are signed out", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task oidcc_backchannel_rp_initiated_logout_calls_the_client_with_a_logout_token_of_the_session()
    {
        var (client, cookie, hint) = await SignedInAsync(("backchannel_logout_uri", "https://suite.example/backchannel"), ("backchannel_logout_session_required", true));
        Assert.Equal(SuiteClient.SignedOut, (await host.AuthorizeAsync(cookie, Logout(("id_token_hint", hint), ("post_logout_redirect_uri", SuiteClient.SignedOut)))).ToString());
        var posted = await host.Site.Posted.ReadAsync(TestContext.Current.CancellationToken);
        var text = posted["logout_token"].ToString();
        Assert.True((await OidccResponseTests.ValidateAsync(host, text, client.Id)).IsValid);
        var token = new JsonWebToken(text);
        Assert.Equal(("logout+jwt", host.SidOf(cookie), new JsonWebToken(hint).Subject), (token.Typ, token.GetClaim("sid").Value, token.Subject));
        Assert.Contains("backchannel-logout", token.GetClaim("events").Value, StringComparison.Ordinal);
        Assert.False(token.TryGetClaim("nonce", out _));
        await IsSignedOutAsync(client, cookie);
    }

    [Fact]
    public async Task oidcc_frontchannel_rp_initiated_logout_loads_the_page_of_the_client_and_comes_back()
    {
        var (client, cookie, hint) = await SignedInAsync(("frontchannel_logout_uri", "https://suite.example/frontchannel"), ("frontchannel_logout_session_required", true));
        var there = await host.AuthorizeAsync(cookie, Logout(("id_token_hint", hint), ("post_logout_redirect_uri", SuiteClient.SignedOut), ("state", "kept")));
        using var response = await host.GetAsync(there.PathAndQuery);
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"<iframe src=\"https://suite.example/frontchannel?iss={Uri.EscapeDataString(PersonHost.Issuer)}&sid={host.SidOf(cookie)}\"", page, StringComparison.Ordinal);
        var next = page[..page.IndexOf("\" data-next", StringComparison.Ordinal)];
        Assert.Equal($"{SuiteClient.SignedOut}?state=kept", (await host.AuthorizeAsync(cookie, next[(next.LastIndexOf('"') + 1)..])).ToString());
        await IsSignedOutAsync(client, cookie);
    }

    private static string Logout(params (string Name, string Value)[] parameters) => QueryHelpers.AddQueryString("/connect/logout", parameters.ToDictionary(field => field.Name, field => (string?)field.Value));

    private async Task IsDiscoveredAsync(params string[] flags)
    {
        using var response = await host.GetAsync("/.well-known/openid-configuration");
        var document = await OpenIdHost.JsonAsync(response);
        Assert.StartsWith(PersonHost.Issuer, document.GetProperty("end_session_endpoint").GetString(), StringComparison.Ordinal);
        Assert.All(flags, flag => Assert.True(document.GetProperty(flag).GetBoolean()));
    }

    private async Task<(SuiteClient Client, string Cookie, string IdToken)> SignedInAsync(params (string Name, System.Text.Json.Nodes.JsonNode? Value)[] metadata)
    {
        var client = await SuiteClient.RegisterAsync(host, metadata);
        var cookie = await host.PersonAsync();
        return (client, cookie, (await client.TokensAsync(cookie, client.Request())).GetProperty("id_token").GetString()!);
    }

    private static async Task IsSignedOutAsync(SuiteClient client, string cookie) =>
        Assert.Equal("login_required", (await client.AskAsync(cookie, client.Request(("prompt", "none")))).Error);

    private async Task IsNotFollowedAsync(Func<string, (string Name, string Value)[]> parameters)
    {
        var (client, cookie, hint) = await SignedInAsync();
        using var response = await host.GetAsync(Logout(parameters(hint)), cookie);
        // An error page, or the page that asks.
        Assert.True(response.Headers.Location is { } page ? page.OriginalString.StartsWith("/sign-out", StringComparison.Ordinal) : response.StatusCode == HttpStatusCode.BadRequest);
        Assert.NotEqual("login_required", (await client.AskAsync(cookie, client.Request(("prompt", "none")))).Error);
    }

    // A link on any page of the world could lead here: the person is asked first.
    private async Task SignsOutOnThePageAsync(Func<string, (string Name, string Value)[]> parameters)
    {
        var (client, cookie, hint) = await SignedInAsync();
        var page = await host.AuthorizeAsync(cookie, Logout(parameters(hint)));
        Assert.Equal("/sign-out", page.AbsolutePath);
        using var shown = await host.GetAsync(page.PathAndQuery, cookie);
        var html = await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var cookies = string.Join("; ", shown.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(value => value.Split(';')[0]).Prepend(cookie) : [cookie]);
        var form = html[html.IndexOf("method=\"post\"", StringComparison.Ordinal)..];
        var action = WebUtility.HtmlDecode(Between(form, "action=\"", "\""));
        using var request = new HttpRequestMessage(HttpMethod.Post, action)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("antiforgery", Between(form[form.IndexOf("name=\"antiforgery\"", StringComparison.Ordinal)..], "value=\"", "\""))]),
        };
        request.Headers.Add("Cookie", cookies);
        using var done = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(done.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect, done.StatusCode.ToString());
        await IsSignedOutAsync(client, cookie);
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
