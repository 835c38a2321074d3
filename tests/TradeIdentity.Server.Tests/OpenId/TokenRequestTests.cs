using System.Net;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;

namespace TradeIdentity.Server.Tests.OpenId;

public sealed class TokenRequestTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_is_an_access_token_as_RFC_9068_has_it()
    {
        var token = new JsonWebToken(await host.AccessTokenAsync("operators.read"));

        Assert.Equal(("at+jwt", "ES256"), (token.Typ, token.Alg));
        Assert.Equal(OpenIdHost.Issuer, token.Issuer);
        Assert.Equal([OpenIdHost.Issuer], token.Audiences);
        Assert.Equal(OpenIdHost.ClientId, token.Subject);
        Assert.Equal(OpenIdHost.ClientId, token.GetClaim("client_id").Value);
        Assert.Equal("operators.read", token.GetClaim("scope").Value);
        Assert.NotEmpty(token.GetClaim("jti").Value);
        Assert.Equal(TimeSpan.FromMinutes(10), token.ValidTo - token.IssuedAt);
    }

    [Fact]
    public async Task No_row_is_stored_for_it()
    {
        await host.AccessTokenAsync("operators.read");
        Assert.Equal(0, await host.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM openid_tokens"), Cancellation));
    }

    [Fact]
    public async Task It_costs_one_read_of_the_database_at_most_and_no_write()
    {
        await host.AccessTokenAsync("operators.read");
        var (reads, writes) = host.DatabaseCount;
        await host.AccessTokenAsync("operators.read");
        Assert.Equal(writes, host.DatabaseCount.Writes);
        Assert.InRange(host.DatabaseCount.Reads - reads, 0, 1);
    }

    [Fact]
    public async Task Without_a_scope_it_carries_all_that_the_client_is_permitted()
    {
        using var response = await RequestAsync();
        var json = await OpenIdHost.JsonAsync(response);
        Assert.Equal("operators.read aeo.decide", json.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task An_empty_scope_is_none()
    {
        using var response = await RequestAsync(("scope", ""));
        var json = await OpenIdHost.JsonAsync(response);
        Assert.Equal("operators.read aeo.decide", json.GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("operators.erase")]
    [InlineData("openid")]
    [InlineData("operators.read operators.erase")]
    [InlineData("credentials.issue")]
    [InlineData("operators.read credentials.issue")]
    [InlineData("OPERATORS.READ")]
    [InlineData("offline_access")]
    public async Task An_unknown_scope_and_one_that_is_not_permitted_are_refused(string scope)
    {
        using var response = await RequestAsync(("scope", scope));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_scope");
    }

    [Theory]
    [InlineData("scope", "operators.read")]
    [InlineData("grant_type", "client_credentials")]
    [InlineData("client_id", OpenIdHost.ClientId)]
    [InlineData("resource_hint", "x")]
    public async Task A_parameter_that_comes_twice_is_refused(string name, string value)
    {
        using var response = await RequestAsync(("scope", "operators.read"), (name, value), (name, value));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Theory]
    [InlineData("password")]
    [InlineData("urn:example:none")]
    public async Task Another_grant_is_refused(string grant)
    {
        using var response = await host.TokenAsync(("grant_type", grant), ("client_id", OpenIdHost.ClientId), ("client_secret", host.Secret), ("code", "x"), ("refresh_token", "x"));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "unsupported_grant_type");
    }

    [Theory]
    [InlineData("refresh_token")]
    [InlineData("authorization_code")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    public async Task A_grant_that_is_not_the_clients_is_refused(string grant)
    {
        using var response = await host.TokenAsync(
            ("grant_type", grant), ("client_id", OpenIdHost.ClientId), ("client_secret", host.Secret), ("code", "x"), ("code_verifier", new string('v', 43)), ("refresh_token", "x"), ("device_code", "x"));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task A_request_without_a_grant_is_refused()
    {
        using var response = await host.TokenAsync(("client_id", OpenIdHost.ClientId), ("client_secret", host.Secret));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task GET_and_JSON_are_refused()
    {
        using var get = await host.Http.GetAsync(new Uri("/connect/token?grant_type=client_credentials", UriKind.Relative), Cancellation);
        await OpenIdHost.AssertErrorAsync(get, HttpStatusCode.BadRequest, "invalid_request");
        using var json = await host.Http.PostAsync(new Uri("/connect/token", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"), Cancellation);
        await OpenIdHost.AssertErrorAsync(json, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_oversized_body_is_refused(bool chunked)
    {
        using var content = new StringContent("grant_type=client_credentials&x=" + new string('x', 100_000), Encoding.ASCII, "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = content, Headers = { TransferEncodingChunked = chunked } };
        using var response = await host.Http.SendAsync(request, Cancellation);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.RequestEntityTooLarge, "invalid_request");
    }

    [Fact]
    public async Task Too_many_fields_are_refused()
    {
        using var response = await RequestAsync([.. Enumerable.Range(0, 2_000).Select(i => ($"f{i}", "1"))]);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Plain_http_is_refused_outside_Development()
    {
        await using var production = await host.StartAsync(Environments.Production, host.Configuration());
        using var http = new HttpClient { BaseAddress = new Uri(production.Urls.Single()) };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("client_id", OpenIdHost.ClientId), KeyValuePair.Create("client_secret", host.Secret)]);
        using var response = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_request", (await OpenIdHost.JsonAsync(response)).GetProperty("error").GetString());
    }

    private Task<HttpResponseMessage> RequestAsync(params (string Name, string Value)[] form) =>
        host.TokenAsync([("grant_type", "client_credentials"), ("client_id", OpenIdHost.ClientId), ("client_secret", host.Secret), .. form]);
}
