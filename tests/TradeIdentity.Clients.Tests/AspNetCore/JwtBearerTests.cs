using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TradeIdentity.Clients.Tests.AspNetCore;

/// <summary>An API of somebody else's that takes this server's access tokens: it validates them by the published keys, and asks nobody.</summary>
[Collection(OnOneServer.Name)]
public sealed class JwtBearerTests(ServerForClients host) : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly string _address = RunningServer.LoopbackAddress();
    private WebApplication? _api;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(_address);
        builder.Services.AddAuthorization(options => options.AddPolicy("read", policy => policy
            .RequireAssertion(context => context.User.FindFirst("scope")?.Value.Split(' ').Contains("operators.read") is true)));
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.Authority = host.Server.Address;
            options.RequireHttpsMetadata = false;
            options.Audience = ServerForClients.Resource;
            options.MapInboundClaims = false;
            // RFC 9068 §4: or an ID token would do.
            options.TokenValidationParameters.ValidTypes = ["at+jwt"];
        });
        _api = builder.Build();
        _api.MapGet("/declarations", (HttpContext context) => context.User.FindFirst("client_id")!.Value).RequireAuthorization("read");
        await _api.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _api!.DisposeAsync();
    }

    [Fact]
    public async Task It_takes_a_token_that_was_asked_for_it()
    {
        using var answer = await CallAsync(await TokenAsync(ServerForClients.Resource));
        Assert.Equal((HttpStatusCode.OK, "broker"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task It_refuses_a_token_for_another_one_that_was_altered_and_none()
    {
        using var another = await CallAsync(await TokenAsync(resource: null));
        Assert.Contains("audience", Assert.Single(another.Headers.WwwAuthenticate).Parameter, StringComparison.Ordinal);
        var parts = (await TokenAsync(ServerForClients.Resource)).Split('.');
        using var altered = await CallAsync($"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}");
        using var none = await CallAsync(null);
        Assert.All([another, altered, none], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
    }

    private async Task<HttpResponseMessage> CallAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_address}/declarations");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<string> TokenAsync(string? resource)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "broker",
            ["client_secret"] = ServerForClients.BrokerSecret,
            ["scope"] = "operators.read",
        };
        if (resource is not null)
        {
            form["resource"] = resource;
        }

        using var response = await _http.PostAsync(new Uri($"{host.Server.Address}/connect/token"), new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return (string)JsonNode.Parse(text)!["access_token"]!;
    }
}
