using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.ClientChoices;

namespace TradeIdentity.Server.Tests.OpenId.Logout;

/// <summary>OpenID Connect Front-Channel Logout 1.0; what a browser makes of it is with the tests in one.</summary>
public sealed partial class FrontChannelLogoutTests(PersonHost host) : IClassFixture<PersonHost>
{
    [Fact]
    public async Task The_browser_is_shown_the_pages_of_the_clients_of_its_session_and_goes_on_to_the_client()
    {
        var port = await RegisterAsync("port", "https://port.example:8443/logout?from=ti");
        var depot = await RegisterAsync("depot", "https://depot.example/out");
        var other = await RegisterAsync("other", "https://other.example/out");
        await other.TokensAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), "openid");
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        await port.TokensAsync(cookie, "openid");
        await depot.TokensAsync(cookie, "openid");
        var hint = (await host.TokensAsync(cookie, new AuthorizationRequest())).GetProperty("id_token").GetString()!;

        var there = await host.AuthorizeAsync(cookie, QueryHelpers.AddQueryString("/connect/logout", new Dictionary<string, string?>
        {
            ["id_token_hint"] = hint,
            ["post_logout_redirect_uri"] = PersonHost.SignedOut,
            ["state"] = "a state",
        }));

        Assert.Equal("/signed-out", there.AbsolutePath);
        using var response = await host.GetAsync(there.PathAndQuery);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(" frame-src https://depot.example https://port.example:8443; ", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        var session = $"iss={Uri.EscapeDataString(PersonHost.Issuer)}&sid={host.SidOf(cookie)}";
        Assert.Equal(
            [$"https://depot.example/out?{session}", $"https://port.example:8443/logout?from=ti&{session}"],
            Frames().Matches(page).Select(frame => WebUtility.HtmlDecode(frame.Groups[1].Value)).Order(StringComparer.Ordinal));

        // The session is over, and the same request leads on.
        Assert.Equal("/sign-in", (await host.AuthorizeAsync(cookie, new AuthorizationRequest().Address)).AbsolutePath);
        var back = await host.AuthorizeAsync(cookie, WebUtility.HtmlDecode(NextLink().Match(page).Groups[1].Value));
        Assert.Equal(PersonHost.SignedOut, back.GetLeftPart(UriPartial.Path));
        Assert.Equal("a state", QueryHelpers.ParseQuery(back.Query)["state"].ToString());
    }

    [Fact]
    public async Task Where_no_client_wants_it_nothing_stands_in_between()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var hint = (await host.TokensAsync(cookie, new AuthorizationRequest())).GetProperty("id_token").GetString();
        Assert.Equal(PersonHost.SignedOut, (await host.AuthorizeAsync(cookie, QueryHelpers.AddQueryString("/connect/logout", new Dictionary<string, string?> { ["id_token_hint"] = hint, ["post_logout_redirect_uri"] = PersonHost.SignedOut }))).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ticket=x")]
    [InlineData("?ticket=e30")]
    [InlineData("?ticket=%00&ticket=y")]
    public async Task Only_this_server_says_whom_the_page_shows(string query)
    {
        using var response = await host.GetAsync("/signed-out" + query);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/sign-out", response.Headers.Location!.OriginalString);
        Assert.DoesNotContain("frame-src", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    private Task<ChoosingClient> RegisterAsync(string clientId, string address) =>
        ChoosingClient.RegisterAsync(host, clientId, new() { ["frontchannel_logout_uri"] = address, ["frontchannel_logout_session_required"] = "true" });

    [GeneratedRegex("<iframe src=\"([^\"]*)\"")]
    private static partial Regex Frames();

    [GeneratedRegex("href=\"([^\"]*)\" data-next")]
    private static partial Regex NextLink();
}
