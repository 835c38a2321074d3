using System.Net;
using System.Security.Cryptography;
using System.Text;
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

/// <summary>FAPI 2.0 security profile §5.3.2: a client that is held to it, and what it is refused.</summary>
public sealed class Fapi2Tests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Callback = "https://fapi.example/callback";

    private readonly ProofKeyOfTest _key = new();
    private readonly ECDsa _clientKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _clientId = "fapi-" + ProofKeyOfTest.Encode(RandomNumberGenerator.GetBytes(8));

    [Fact]
    public async Task Inside_the_profile_all_goes_its_way()
    {
        var request = await RegisterAsync();
        using var tokens = await ExchangeAsync(request, await CodeAsync(request), Assertion(PersonHost.Issuer), await ProofAsync(_key));
        var json = await OpenIdHost.JsonAsync(tokens);
        Assert.True(tokens.StatusCode == HttpStatusCode.OK, json.ToString());
        Assert.Equal("DPoP", json.GetProperty("token_type").GetString());
    }

    [Fact]
    public async Task A_request_that_was_not_pushed_is_refused()
    {
        var request = await RegisterAsync();
        var answer = await host.AuthorizeAsync(await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin)), request.Address);
        Assert.Equal("invalid_request", QueryHelpers.ParseQuery(answer.Query)["error"].ToString());
    }

    [Theory]
    [InlineData("array")]
    [InlineData("slash")]
    public async Task An_audience_that_is_not_the_issuer_as_one_text_is_refused(string form)
    {
        var request = await RegisterAsync();
        using var response = await PushAsync(request, form == "array" ? Assertion(new JsonArray(PersonHost.Issuer)) : Assertion(PersonHost.Issuer + "/"));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task A_token_without_a_proof_and_a_proof_with_RS256_are_refused()
    {
        var request = await RegisterAsync();
        using var none = await ExchangeAsync(request, await CodeAsync(request), Assertion(PersonHost.Issuer), proof: null);
        await OpenIdHost.AssertErrorAsync(none, HttpStatusCode.BadRequest, "invalid_dpop_proof");
        using var rsa = await ExchangeAsync(request, await CodeAsync(request), Assertion(PersonHost.Issuer), await ProofAsync(new ProofKeyOfTest("RS256")));
        await OpenIdHost.AssertErrorAsync(rsa, HttpStatusCode.BadRequest, "invalid_dpop_proof");
    }

    private async Task<AuthorizationRequest> RegisterAsync()
    {
        var q = _clientKey.ExportParameters(false).Q;
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = _clientId,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Explicit,
            JsonWebKeySet = new JsonWebKeySet { Keys = { new JsonWebKey { Kty = "EC", Crv = "P-256", X = ProofKeyOfTest.Encode(q.X!), Y = ProofKeyOfTest.Encode(q.Y!) } } },
            RedirectUris = { new Uri(Callback) },
            Settings = { [ClientMetadataNames.SecurityProfile] = "fapi2" },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.Token,
                Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code,
            },
        };
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(descriptor, TestContext.Current.CancellationToken);
        return new AuthorizationRequest { ClientId = _clientId, RedirectUri = Callback };
    }

    private async Task<string> CodeAsync(AuthorizationRequest request)
    {
        using var pushed = await PushAsync(request, Assertion(PersonHost.Issuer));
        var json = await OpenIdHost.JsonAsync(pushed);
        Assert.True(pushed.StatusCode == HttpStatusCode.Created, json.ToString());
        var address = QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?> { ["client_id"] = _clientId, ["request_uri"] = json.GetProperty("request_uri").GetString() });
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        return QueryHelpers.ParseQuery((await host.AnswerAsync(await host.AuthorizeAsync(cookie, address), cookie)).Query)["code"].ToString();
    }

    private Task<HttpResponseMessage> PushAsync(AuthorizationRequest request, string assertion) =>
        PostAsync("/connect/par", proof: null, assertion, [.. request.Parameters.Where(parameter => parameter.Key != "client_id").Select(parameter => (parameter.Key, parameter.Value!))]);

    private Task<HttpResponseMessage> ExchangeAsync(AuthorizationRequest request, string code, string assertion, string? proof) =>
        PostAsync("/connect/token", proof, assertion, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Callback), ("code_verifier", request.Verifier));

    private async Task<string> ProofAsync(ProofKeyOfTest key)
    {
        const string Address = PersonHost.Issuer + "/connect/token";
        using var response = await PostAsync("/connect/token", key.Proof("POST", Address, nonce: null), Assertion(PersonHost.Issuer), ("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", Callback), ("code_verifier", new string('v', 43)));
        return key.Proof("POST", Address, Assert.Single(response.Headers.GetValues("DPoP-Nonce")));
    }

    private string Assertion(JsonNode audience)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = _clientId,
            ["sub"] = _clientId,
            ["aud"] = audience,
            ["exp"] = now + 60,
            ["jti"] = ProofKeyOfTest.Encode(RandomNumberGenerator.GetBytes(16)),
        };
        var signed = $"{ProofKeyOfTest.Encode("""{"alg":"ES256","typ":"client-authentication+jwt"}"""u8.ToArray())}.{ProofKeyOfTest.Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{ProofKeyOfTest.Encode(_clientKey.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string? proof, string assertion, params (string Name, string Value)[] form)
    {
        (string Name, string Value)[] client = [("client_id", _clientId), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion)];
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Concat(client).Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
