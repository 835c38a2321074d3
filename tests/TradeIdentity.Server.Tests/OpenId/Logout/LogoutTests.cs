using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Logout;

/// <summary>OpenID Connect RP-Initiated Logout 1.0.</summary>
public sealed class LogoutTests(PersonHost host) : IClassFixture<PersonHost>
{
    [Fact]
    public async Task A_client_that_shows_its_ID_token_signs_the_person_out_and_has_them_back()
    {
        var (cookie, hint) = await SignedInAsync();
        var back = await host.AuthorizeAsync(cookie, Logout(("id_token_hint", hint), ("post_logout_redirect_uri", PersonHost.SignedOut), ("state", "a state")));
        Assert.Equal(PersonHost.SignedOut, back.GetLeftPart(UriPartial.Path));
        Assert.Equal("a state", QueryHelpers.ParseQuery(back.Query)["state"].ToString());
        Assert.Equal("/sign-in", (await host.AuthorizeAsync(cookie, new AuthorizationRequest().Address)).AbsolutePath);
    }

    [Fact]
    public async Task Without_the_token_of_this_very_session_the_person_is_asked_first()
    {
        var (cookie, _) = await SignedInAsync();
        var (_, foreign) = await SignedInAsync();
        foreach (var hint in new[] { null, foreign })
        {
            var page = await host.AuthorizeAsync(cookie, Logout(("id_token_hint", hint), ("client_id", PersonHost.Agency), ("post_logout_redirect_uri", PersonHost.SignedOut)));
            Assert.Equal("/sign-out", page.AbsolutePath);
            Assert.StartsWith("/connect/logout?", PersonHost.ReturnUrl(page), StringComparison.Ordinal);
        }

        Assert.NotEqual("/sign-in", (await host.AuthorizeAsync(cookie, new AuthorizationRequest().Address)).AbsolutePath);
    }

    [Fact]
    public async Task Nobody_is_sent_to_an_address_that_is_not_registered()
    {
        var (cookie, hint) = await SignedInAsync();
        using var response = await host.GetAsync(Logout(("id_token_hint", hint), ("post_logout_redirect_uri", "https://evil.example/")), cookie);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task Who_is_signed_out_already_goes_on()
    {
        var (_, hint) = await SignedInAsync();
        Assert.Equal(PersonHost.SignedOut, (await host.AuthorizeAsync(null, Logout(("id_token_hint", hint), ("post_logout_redirect_uri", PersonHost.SignedOut)))).ToString());
        Assert.Equal("/sign-out", (await host.AuthorizeAsync(null, Logout())).AbsolutePath);
    }

    private static string Logout(params (string Name, string? Value)[] parameters) =>
        QueryHelpers.AddQueryString("/connect/logout", parameters.Where(parameter => parameter.Value is not null).ToDictionary(parameter => parameter.Name, parameter => parameter.Value));

    private async Task<(string Cookie, string IdToken)> SignedInAsync()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        return (cookie, (await host.TokensAsync(cookie, new AuthorizationRequest())).GetProperty("id_token").GetString()!);
    }
}
