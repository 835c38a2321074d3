using System.Net;

namespace TradeIdentity.Server.Tests.OpenId;

public sealed class IntrospectionAndRevocationTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    [Fact]
    public async Task A_token_of_the_client_is_active_and_described()
    {
        using var response = await PostAsync("/connect/introspect", await host.AccessTokenAsync("operators.read"), OpenIdHost.ClientId, host.Secret);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True(json.GetProperty("active").GetBoolean());
        Assert.Equal(OpenIdHost.Issuer, json.GetProperty("iss").GetString());
        Assert.Equal(OpenIdHost.ClientId, json.GetProperty("client_id").GetString());
        Assert.Equal("operators.read", json.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task What_is_no_token_is_inactive_and_says_nothing_else()
    {
        using var response = await PostAsync("/connect/introspect", "x", OpenIdHost.ClientId, host.Secret);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"active":false}""", (await OpenIdHost.JsonAsync(response)).GetRawText().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
    }

    [Fact]
    public async Task A_token_of_another_client_is_not_shown()
    {
        using var response = await PostAsync("/connect/introspect", await host.AccessTokenAsync("operators.read"), OpenIdHost.ChosenSecretClientId, OpenIdHost.ChosenSecret);
        Assert.False((await OpenIdHost.JsonAsync(response)).GetProperty("active").GetBoolean());
    }

    [Theory]
    [InlineData("/connect/introspect")]
    [InlineData("/connect/revoke")]
    public async Task Only_an_authenticated_client_may_ask(string path)
    {
        using var response = await PostAsync(path, await host.AccessTokenAsync("operators.read"), OpenIdHost.ClientId, "wrong");
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task A_token_without_a_row_cannot_be_revoked_and_the_answer_says_so()
    {
        using var response = await PostAsync("/connect/revoke", await host.AccessTokenAsync("operators.read"), OpenIdHost.ClientId, host.Secret);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "unsupported_token_type");
    }

    private Task<HttpResponseMessage> PostAsync(string path, string token, string clientId, string secret) =>
        host.PostAsync(path, ("token", token), ("client_id", clientId), ("client_secret", secret));
}
