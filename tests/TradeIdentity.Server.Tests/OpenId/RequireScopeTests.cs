using System.Net;
using System.Net.Http.Headers;

namespace TradeIdentity.Server.Tests.OpenId;

public sealed class RequireScopeTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    [Fact]
    public async Task The_scope_lets_in()
    {
        using var response = await GetAsync(await host.AccessTokenAsync("operators.read"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(OpenIdHost.ClientId, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_token_the_challenge_says_nothing_but_the_schemes()
    {
        using var response = await GetAsync(null);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["Bearer", "DPoP"], response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
        Assert.All(response.Headers.WwwAuthenticate, challenge => Assert.DoesNotContain("error", challenge.Parameter ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_scope_the_answer_names_it()
    {
        using var response = await GetAsync(await host.AccessTokenAsync("aeo.decide"));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var challenge = Assert.Single(response.Headers.WwwAuthenticate);
        Assert.True(challenge.Parameter!.Contains("error=\"insufficient_scope\"", StringComparison.Ordinal), challenge.Parameter);
        Assert.Contains("scope=\"operators.read\"", challenge.Parameter, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    public async Task What_is_no_token_is_refused(string token) => await AssertInvalidAsync(token);

    [Fact]
    public async Task A_token_with_one_character_changed_is_refused()
    {
        var token = await host.AccessTokenAsync("operators.read");
        var at = token.LastIndexOf('.') + 5;
        await AssertInvalidAsync(token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..]);
    }

    private async Task AssertInvalidAsync(string token)
    {
        using var response = await GetAsync(token);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("error=\"invalid_token\"", Assert.Single(response.Headers.WwwAuthenticate).Parameter, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> GetAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/protected");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
