using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.Dpop;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.Tests.OpenId.SecurityProfile;

/// <summary>A client that is held to the FAPI 2.0 security profile: private_key_jwt, pushed requests, DPoP.</summary>
internal sealed class Fapi2Client : IDisposable
{
    public const string Callback = "https://fapi.example/callback";

    public const string TokenAddress = PersonHost.Issuer + "/connect/token";
    public const string PushAddress = PersonHost.Issuer + "/connect/par";
    public const string UserInfoAddress = PersonHost.Issuer + "/connect/userinfo";

    private readonly PersonHost _host;
    private readonly TimeProvider _time;
    private readonly ECDsa _clientKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private Fapi2Client(PersonHost host, TimeProvider time) => (_host, _time) = (host, time);

    public string Id { get; } = "fapi-" + ProofKeyOfTest.Encode(RandomNumberGenerator.GetBytes(8));

    public ProofKeyOfTest Key { get; } = new();

    /// <param name="host">Where it is registered.</param>
    /// <param name="time">The clock of the host.</param>
    public static async Task<Fapi2Client> RegisterAsync(PersonHost host, TimeProvider? time = null)
    {
        var client = new Fapi2Client(host, time ?? TimeProvider.System);
        var q = client._clientKey.ExportParameters(false).Q;
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = client.Id,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Explicit,
            JsonWebKeySet = new JsonWebKeySet { Keys = { new JsonWebKey { Kty = "EC", Crv = "P-256", X = ProofKeyOfTest.Encode(q.X!), Y = ProofKeyOfTest.Encode(q.Y!) } } },
            RedirectUris = { new Uri(Callback) },
            Settings = { [ClientMetadataNames.SecurityProfile] = "fapi2" },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.Token,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
                Permissions.Prefixes.Scope + "profile", Permissions.Prefixes.Scope + "email",
            },
        };
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(descriptor, TestContext.Current.CancellationToken);
        return client;
    }

    public void Dispose() => _clientKey.Dispose();

    public AuthorizationRequest Request(params (string Name, string? Value)[] more) =>
        new() { ClientId = Id, RedirectUri = Callback, More = more.ToDictionary(pair => pair.Name, pair => pair.Value) };

    /// <summary>A JWT by which it authenticates (RFC 7523), for the issuer unless said otherwise.</summary>
    public string Assertion(JsonNode? audience = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = Id,
            ["sub"] = Id,
            ["aud"] = audience ?? PersonHost.Issuer,
            ["exp"] = _time.GetUtcNow().ToUnixTimeSeconds() + 60,
            ["jti"] = ProofKeyOfTest.Encode(RandomNumberGenerator.GetBytes(16)),
        };
        var signed = $"{ProofKeyOfTest.Encode("""{"alg":"ES256","typ":"client-authentication+jwt"}"""u8.ToArray())}.{ProofKeyOfTest.Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{ProofKeyOfTest.Encode(_clientKey.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public Task<HttpResponseMessage> PushAsync(AuthorizationRequest request, string? assertion = null, string? proof = null) =>
        PostAsync("/connect/par", proof, assertion, [.. request.Parameters.Where(parameter => parameter.Key != "client_id").Select(parameter => (parameter.Key, parameter.Value!))]);

    /// <summary>Pushes the request, and gives where the browser goes with it.</summary>
    public async Task<string> AddressAsync(AuthorizationRequest request, string? proof = null, params (string Name, string Value)[] beside)
    {
        using var pushed = await PushAsync(request, proof: proof);
        var json = await OpenIdHost.JsonAsync(pushed);
        Assert.True(pushed.StatusCode == HttpStatusCode.Created, json.ToString());
        var parameters = beside.Append(("client_id", Id)).Append(("request_uri", json.GetProperty("request_uri").GetString()!));
        return QueryHelpers.AddQueryString("/connect/authorize", parameters.Select(pair => KeyValuePair.Create(pair.Item1, (string?)pair.Item2)));
    }

    /// <summary>What comes back to the client after the person allowed it.</summary>
    public async Task<Dictionary<string, string>> AnswerAsync(string address, string? cookie = null)
    {
        cookie ??= await PersonAsync();
        return Parameters(await _host.AnswerAsync(await _host.AuthorizeAsync(cookie, address), cookie));
    }

    public static Dictionary<string, string> Parameters(Uri address) => QueryHelpers.ParseQuery(address.Query).ToDictionary(field => field.Key, field => field.Value.ToString());

    public async Task<string> PersonAsync() => await _host.SignInAsync(await _host.RegisterAsync(PersonHost.Tin));

    public async Task<string> CodeAsync(AuthorizationRequest request, string? proof = null) => (await AnswerAsync(await AddressAsync(request, proof)))["code"];

    public Task<HttpResponseMessage> ExchangeAsync(AuthorizationRequest request, string code, string? proof, string? assertion = null, string? verifier = null) =>
        PostAsync(
            "/connect/token", proof, assertion,
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Callback), .. verifier == "" ? [] : new[] { ("code_verifier", verifier ?? request.Verifier) }]);

    public async Task<JsonElement> TokensAsync(AuthorizationRequest request)
    {
        using var response = await ExchangeAsync(request, await CodeAsync(request), await ProofAsync());
        var tokens = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, tokens.ToString());
        return tokens;
    }

    public Task<HttpResponseMessage> RefreshAsync(string token, string? proof) => PostAsync("/connect/token", proof, null, ("grant_type", "refresh_token"), ("refresh_token", token));

    /// <summary>A proof by <paramref name="key"/>, its own unless said otherwise, with the server's nonce.</summary>
    public async Task<string> ProofAsync(ProofKeyOfTest? key = null, string address = TokenAddress, string? accessToken = null, Action<JsonObject>? claims = null, Action<JsonObject>? header = null)
    {
        var nonce = await NonceAsync();
        return (key ?? Key).Proof(
            address == UserInfoAddress ? "GET" : "POST", address, nonce, accessToken, header,
            body =>
            {
                body["iat"] = _time.GetUtcNow().ToUnixTimeSeconds();
                claims?.Invoke(body);
            });
    }

    public async Task<HttpResponseMessage> UserInfoAsync(string scheme, string accessToken, string? proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo") { Headers = { Authorization = new AuthenticationHeaderValue(scheme, accessToken) } };
        return await SendAsync(request, proof);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, string? proof, string? assertion, params (string Name, string Value)[] form)
    {
        (string Name, string Value)[] client = [("client_id", Id), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion ?? Assertion())];
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Concat(client).Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        return await SendAsync(request, proof);
    }

    private async Task<string> NonceAsync()
    {
        using var response = await PostAsync(
            "/connect/token", Key.Proof("POST", TokenAddress, nonce: null, claims: body => body["iat"] = _time.GetUtcNow().ToUnixTimeSeconds()), null,
            ("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", Callback), ("code_verifier", new string('v', 43)));
        return Assert.Single(response.Headers.GetValues("DPoP-Nonce"));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? proof)
    {
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await _host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
