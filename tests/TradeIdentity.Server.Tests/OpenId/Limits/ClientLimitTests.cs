using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Server.Tests.OpenId.Limits;

public sealed class ClientLimitTests : IAsyncLifetime
{
    // One a test: its servers share a database, and with it their counts.
    private readonly OpenIdHost _host = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_client_that_fails_too_often_waits_and_its_neighbour_does_not()
    {
        await using var server = await StartAsync(("ClientFailures", 3));
        for (var failure = 0; failure < 3; failure++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync(server, OpenIdHost.ClientId, "wrong")).StatusCode);
        }

        using var refused = await TokenAsync(server, OpenIdHost.ClientId, _host.Secret);

        await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.TooManyRequests, "temporarily_unavailable");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var neighbour = await TokenAsync(server, OpenIdHost.ChosenSecretClientId, OpenIdHost.ChosenSecret);
        Assert.Equal(HttpStatusCode.OK, neighbour.StatusCode);
    }

    [Theory]
    [InlineData("/connect/introspect")]
    [InlineData("/connect/revoke")]
    [InlineData("/connect/par")]
    [InlineData("/connect/device")]
    public async Task Failures_count_at_every_endpoint_that_clients_call(string path)
    {
        await using var server = await StartAsync(("ClientFailures", 2));
        for (var failure = 0; failure < 2; failure++)
        {
            using var failed = await PostAsync(server, path, OpenIdHost.ClientId, "wrong");
            Assert.InRange(failed.StatusCode, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized);
        }

        using var refused = await PostAsync(server, path, OpenIdHost.ClientId, "wrong");

        await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.TooManyRequests, "temporarily_unavailable");
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("POST", "/connect/register")]
    [InlineData("GET", "/connect/register/broker")]
    [InlineData("PUT", "/connect/register/broker")]
    [InlineData("DELETE", "/connect/register/broker")]
    [InlineData("GET", "/connect/userinfo")]
    public async Task Guesses_of_tokens_count(string method, string path)
    {
        await using var server = await StartAsync(("AddressFailures", 2));
        for (var guess = 0; guess < 2; guess++)
        {
            using var failed = await GuessAsync(server, method, path);
            Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
        }

        using var refused = await GuessAsync(server, method, path);

        await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.TooManyRequests, "temporarily_unavailable");
    }

    [Fact]
    public async Task Clients_that_were_made_up_are_failures_of_their_address()
    {
        await using var server = await StartAsync(("AddressFailures", 5), ("ClientFailures", 2));
        for (var made = 0; made < 5; made++)
        {
            using var failed = await TokenAsync(server, $"made-up-{made}", "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
        }

        using var refused = await TokenAsync(server, "made-up-5", "wrong");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task A_client_may_ask_so_often_and_nobody_else_uses_up_what_is_its()
    {
        await using var server = await StartAsync(("ClientRequests", 3));
        for (var stranger = 0; stranger < 5; stranger++)
        {
            using var failed = await TokenAsync(server, OpenIdHost.ClientId, "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
        }

        for (var request = 0; request < 3; request++)
        {
            using var answered = request == 1
                ? await PostAsync(server, "/connect/introspect", OpenIdHost.ClientId, _host.Secret)
                : await TokenAsync(server, OpenIdHost.ClientId, _host.Secret);
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        }

        using var refused = await TokenAsync(server, OpenIdHost.ClientId, _host.Secret);
        await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.TooManyRequests, "temporarily_unavailable");
        using var revocation = await PostAsync(server, "/connect/revoke", OpenIdHost.ClientId, _host.Secret);
        Assert.Equal(HttpStatusCode.TooManyRequests, revocation.StatusCode);
        using var neighbour = await TokenAsync(server, OpenIdHost.ChosenSecretClientId, OpenIdHost.ChosenSecret);
        Assert.Equal(HttpStatusCode.OK, neighbour.StatusCode);
    }

    [Fact]
    public async Task Two_instances_count_together()
    {
        await using var first = await StartAsync(("ClientRequests", 4));
        await using var second = await StartAsync(("ClientRequests", 4));
        for (var request = 0; request < 4; request++)
        {
            using var answered = await KeyedAsync(first);
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        }

        await first.Services.GetRequiredService<SharedCounts>().ShareAsync(Cancellation);
        using var unaware = await KeyedAsync(second);
        await second.Services.GetRequiredService<SharedCounts>().ShareAsync(Cancellation);
        using var refused = await KeyedAsync(second);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (unaware.StatusCode, refused.StatusCode));
    }

    [Fact]
    public async Task An_address_that_nobody_vouches_for_is_limited_where_nobody_authenticates()
    {
        await using var server = await StartAsync(("AddressOpenRequests", 2));
        using var http = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
        for (var request = 0; request < 2; request++)
        {
            using var shown = await http.GetAsync(new Uri("/connect/authorize?client_id=nobody", UriKind.Relative), Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, shown.StatusCode);
        }

        using var refused = await http.GetAsync(new Uri("/connect/authorize?client_id=nobody", UriKind.Relative), Cancellation);
        using var token = await TokenAsync(server, OpenIdHost.ClientId, _host.Secret);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, token.StatusCode);
    }

    [Fact]
    public async Task A_client_that_does_well_costs_no_command_to_count()
    {
        using var warm = await _host.TokenAsync(("grant_type", "client_credentials"), ("client_id", OpenIdHost.ClientId), ("client_secret", _host.Secret));
        var before = _host.DatabaseCount;

        using var answered = await _host.TokenAsync(("grant_type", "client_credentials"), ("client_id", OpenIdHost.ClientId), ("client_secret", _host.Secret));

        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Equal(before.Writes, _host.DatabaseCount.Writes);
        // The client itself, unless it was read a moment ago.
        Assert.InRange(_host.DatabaseCount.Reads - before.Reads, 0, 1);
    }

    private Task<WebApplication> StartAsync(params (string Key, int Permits)[] limits)
    {
        var configuration = _host.Configuration();
        foreach (var (key, permits) in limits)
        {
            configuration[$"RateLimits:{key}"] = permits.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return _host.StartAsync(Environments.Development, configuration);
    }

    private static async Task<HttpResponseMessage> TokenAsync(WebApplication server, string clientId, string secret) =>
        await PostAsync(server, "/connect/token", clientId, secret);

    private async Task<HttpResponseMessage> KeyedAsync(WebApplication server) => await TokenAsync(server, OpenIdHost.ClientId, _host.Secret);

    private static async Task<HttpResponseMessage> PostAsync(WebApplication server, string path, string clientId, string secret)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
        return await http.PostAsync(
            new Uri(path, UriKind.Relative),
            new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("token", "unknown"), new("client_id", clientId), new("client_secret", secret)]),
            Cancellation);
    }

    private static async Task<HttpResponseMessage> GuessAsync(WebApplication server, string method, string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "guessed");
        if (method is "POST" or "PUT")
        {
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        }

        return await http.SendAsync(request, Cancellation);
    }
}
