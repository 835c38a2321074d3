using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Server.Tests.OpenId;

/// <summary>RFC 7591 §2: a client authenticates as it is registered to, whatever other credentials it has.</summary>
public sealed class AuthenticationMethodTests(OpenIdHost host) : IClassFixture<OpenIdHost>, IAsyncLifetime
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private WebApplication? _app;
    private HttpClient? _http;

    public async ValueTask InitializeAsync()
    {
        var configuration = host.Configuration();
        var q = _key.ExportParameters(false).Q;
        var keys = new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(q.X), ["y"] = Base64UrlEncoder.Encode(q.Y) }) }.ToJsonString();
        (string Id, string? Method, string? Algorithm, bool HasKeys, bool HasSecret)[] clients =
        [
            ("by-header", "client_secret_basic", null, false, true),
            ("by-form", "client_secret_post", null, false, true),
            ("by-key", "private_key_jwt", null, true, true),
            ("by-other-algorithm", "private_key_jwt", "PS256", true, false),
            ("unsaid", null, null, false, true),
            ("unsaid-key", null, null, true, false),
        ];
        foreach (var ((id, method, algorithm, hasKeys, hasSecret), number) in clients.Select((client, number) => (client, number + 10)))
        {
            configuration[$"Bootstrap:Clients:{number}:ClientId"] = id;
            configuration[$"Bootstrap:Clients:{number}:Scopes"] = "operators.read";
            configuration[$"Bootstrap:Clients:{number}:ClientSecret"] = hasSecret ? host.Secret : null;
            configuration[$"Bootstrap:Clients:{number}:JsonWebKeySet"] = hasKeys ? keys : null;
            if (method is not null)
            {
                configuration[$"Bootstrap:Clients:{number}:TokenEndpointAuthMethod"] = method;
            }

            if (algorithm is not null)
            {
                configuration[$"Bootstrap:Clients:{number}:TokenEndpointAuthSigningAlg"] = algorithm;
            }
        }

        _app = await host.StartAsync(Environments.Development, configuration);
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http!.Dispose();
        await _app!.DisposeAsync();
    }

    [Theory]
    [InlineData("by-header", "header")]
    [InlineData("by-form", "form")]
    [InlineData("by-key", "key")]
    [InlineData("unsaid", "header")]
    [InlineData("unsaid", "form")]
    [InlineData("unsaid-key", "key")]
    public async Task The_registered_way_gets_a_token(string client, string way)
    {
        using var response = await PostAsync("/connect/token", client, way);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("by-header", "form", "/connect/token")]
    [InlineData("by-form", "header", "/connect/token")]
    [InlineData("by-key", "header", "/connect/token")]
    [InlineData("by-key", "form", "/connect/token")]
    [InlineData("by-key", "form", "/connect/par")]
    [InlineData("by-key", "form", "/connect/introspect")]
    [InlineData("by-key", "form", "/connect/revoke")]
    [InlineData("by-key", "form", "/connect/device")]
    [InlineData("by-header", "form", "/connect/introspect")]
    [InlineData("by-other-algorithm", "key", "/connect/token")]
    [InlineData("by-other-algorithm", "key", "/connect/revoke")]
    [InlineData("by-header", "key", "/connect/token")]
    [InlineData("by-key", "none", "/connect/token")]
    public async Task Every_other_way_is_refused_with_credentials_that_are_good(string client, string way, string path)
    {
        using var response = await PostAsync(path, client, way);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task A_secret_beside_an_assertion_is_refused()
    {
        using var response = await PostAsync("/connect/token", "by-key", "key", ("client_secret", host.Secret));
        var json = await OpenIdHost.JsonAsync(response);
        Assert.Contains(json.GetProperty("error").GetString(), (string[])["invalid_client", "invalid_request"]);
    }

    private static (string Name, string Value)[] PushedRequest =>
    [
        ("response_type", "code"), ("redirect_uri", "https://client.example/callback"), ("scope", "operators.read"),
        ("code_challenge", new string('c', 43)), ("code_challenge_method", "S256"),
    ];

    private async Task<HttpResponseMessage> PostAsync(string path, string client, string way, params (string Name, string Value)[] more)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        List<(string Name, string Value)> form = [("client_id", client), ("grant_type", "client_credentials"), ("token", "x"), .. PushedRequest, .. more];
        switch (way)
        {
            case "header":
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{client}:{host.Secret}")));
                break;
            case "form":
                form.Add(("client_secret", host.Secret));
                break;
            case "key":
                form.AddRange([("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", Assertion(client))]);
                break;
            default:
                break;
        }

        request.Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await _http!.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private string Assertion(string client) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
        new JsonObject { ["iss"] = client, ["sub"] = client, ["aud"] = OpenIdHost.Issuer, ["exp"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 60, ["jti"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)) }.ToJsonString(),
        new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256));
}
