using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace TradeIdentity.Server.Tests.OpenId.Authorization;

/// <summary>RFC 9126.</summary>
public sealed class PushedAuthorizationTests(PersonHost host) : IClassFixture<PersonHost>
{
    [Fact]
    public async Task A_pushed_request_is_good_once_and_for_its_client_and_comes_back_from_the_pages()
    {
        var request = AuthorizationRequest.With(("scope", "openid profile"));
        var pushed = await PushAsync(request);
        var account = await host.RegisterAsync(PersonHost.Tin);
        var signIn = await host.AuthorizeAsync(null, Address(PersonHost.Agency, pushed));
        Assert.Equal("/sign-in", signIn.AbsolutePath);
        var cookie = await host.SignInAsync(account);
        using var stolen = await host.GetAsync(Address(PersonHost.Application, pushed), cookie);
        Assert.Equal(HttpStatusCode.BadRequest, stolen.StatusCode);

        var answer = await host.AnswerAsync(await host.AuthorizeAsync(cookie, PersonHost.ReturnUrl(signIn)), cookie);
        var parameters = QueryHelpers.ParseQuery(answer.Query);
        Assert.Equal("a state", parameters["state"].ToString());
        using var tokens = await host.ExchangeAsync(parameters["code"].ToString(), request);
        Assert.Equal(HttpStatusCode.OK, tokens.StatusCode);

        using var again = await host.GetAsync(Address(PersonHost.Agency, pushed), cookie);
        Assert.DoesNotContain("code=", again.Headers.Location?.Query ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redirect_uri", "https://agency.example/other")]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("claims", "[]")]
    [InlineData("claims", """{"id_token":{"acr":{"value":"\ud800"}}}""")]
    [InlineData("authorization_details", """[{"type":"acting_for","organization":"\ud800"}]""")]
    [InlineData("authorization_details", "[]")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x")]
    public async Task What_could_not_be_asked_cannot_be_pushed(string name, string value)
    {
        using var response = await host.PostAsync("/connect/par", PersonHost.Agency, [.. AuthorizationRequest.With((name, value)).Parameters.Where(parameter => parameter.Key != "client_id").Select(parameter => (parameter.Key, parameter.Value!))]);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await OpenIdHost.JsonAsync(response)).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Only_its_client_may_push()
    {
        using var response = await host.Http.PostAsync(new Uri("/connect/par", UriKind.Relative), new FormUrlEncodedContent(new AuthorizationRequest().Parameters!), TestContext.Current.CancellationToken);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    private static string Address(string clientId, string requestUri) =>
        QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?> { ["client_id"] = clientId, ["request_uri"] = requestUri });

    private async Task<string> PushAsync(AuthorizationRequest request)
    {
        using var response = await host.PostAsync("/connect/par", request.ClientId, [.. request.Parameters.Where(parameter => parameter.Key != "client_id").Select(parameter => (parameter.Key, parameter.Value!))]);
        var answer = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.Created, answer.ToString());
        Assert.InRange(answer.GetProperty("expires_in").GetInt64(), 500, 599);
        return answer.GetProperty("request_uri").GetString()!;
    }
}
