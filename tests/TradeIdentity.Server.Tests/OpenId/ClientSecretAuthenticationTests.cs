using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace TradeIdentity.Server.Tests.OpenId;

public sealed class ClientSecretAuthenticationTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    [Fact]
    public async Task A_secret_in_the_form_gets_a_token()
    {
        using var response = await host.TokenAsync(
            ("grant_type", "client_credentials"), ("client_id", OpenIdHost.ClientId), ("client_secret", host.Secret), ("scope", "operators.read"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl?.NoStore);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.Equal("Bearer", json.GetProperty("token_type").GetString());
        Assert.InRange(json.GetProperty("expires_in").GetInt32(), 595, 600);
    }

    [Theory]
    [InlineData(OpenIdHost.ClientId, null)]
    [InlineData(OpenIdHost.ChosenSecretClientId, OpenIdHost.ChosenSecret)]
    public async Task A_secret_in_the_Authorization_header_gets_a_token(string clientId, string? secret)
    {
        using var response = await BasicAsync(clientId, secret ?? host.Secret);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(OpenIdHost.ClientId, "wrong")]
    [InlineData(OpenIdHost.ChosenSecretClientId, "wrong")]
    [InlineData("nobody", "wrong")]
    [InlineData(OpenIdHost.KeyClientId, "wrong")]
    public async Task A_wrong_secret_and_an_unknown_client_are_told_apart_by_nothing(string clientId, string secret)
    {
        using var basic = await BasicAsync(clientId, secret);
        await OpenIdHost.AssertErrorAsync(basic, HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Equal("Basic", Assert.Single(basic.Headers.WwwAuthenticate).Scheme);

        using var post = await host.TokenAsync(("grant_type", "client_credentials"), ("client_id", clientId), ("client_secret", secret));
        var error = await OpenIdHost.AssertErrorAsync(post, HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Equal("The client could not be authenticated.", error.GetProperty("error_description").GetString());
    }

    [Fact]
    public async Task A_client_without_any_authentication_is_refused()
    {
        using var response = await host.TokenAsync(("grant_type", "client_credentials"), ("client_id", OpenIdHost.ClientId));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task Two_ways_at_once_are_refused()
    {
        using var request = Basic(OpenIdHost.ClientId, host.Secret, ("client_id", OpenIdHost.ClientId), ("client_secret", host.Secret));
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Theory]
    [InlineData("%%%")]
    [InlineData("")]
    [InlineData("bm9jb2xvbg==")]
    public async Task A_malformed_Authorization_header_is_refused(string credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Basic " + credentials);
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized);
        Assert.Matches("^invalid_(request|client)$", (await OpenIdHost.JsonAsync(response)).GetProperty("error").GetString());
    }

    private async Task<HttpResponseMessage> BasicAsync(string clientId, string secret)
    {
        using var request = Basic(clientId, secret);
        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    // RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
    private static HttpRequestMessage Basic(string clientId, string secret, params (string Name, string Value)[] form) => new(HttpMethod.Post, "/connect/token")
    {
        Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials"), .. form.Select(field => KeyValuePair.Create(field.Name, field.Value))]),
        Headers =
        {
            Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(
                Uri.EscapeDataString(clientId) + ":" + Uri.EscapeDataString(secret)))),
        },
    };
}
