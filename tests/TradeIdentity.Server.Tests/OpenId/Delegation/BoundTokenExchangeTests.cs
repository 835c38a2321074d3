using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.ClientChoices;
using TradeIdentity.Server.Tests.OpenId.Dpop;

namespace TradeIdentity.Server.Tests.OpenId.Delegation;

/// <summary>RFC 8693 with RFC 9449: the token that an exchange gives is bound to the key of the one who acts.</summary>
public sealed class BoundTokenExchangeTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private const string TokenAddress = PersonHost.Issuer + "/connect/token";
    private const string ApiPath = "/api/v1/operators?query=x";

    // RFC 9449 §4.2: the address of a proof has no query.
    private const string ApiAddress = PersonHost.Issuer + "/api/v1/operators";

    private static readonly string[] Rights = ["gt:" + Grant, "gt:client_credentials", "scp:operators.read"];

    private readonly ProofKeyOfTest _key = new();

    [Fact]
    public async Task What_an_exchange_gives_is_of_use_with_the_key_of_its_proof_alone()
    {
        var client = await ChoosingClient.RegisterAsync(host, "bound-exchange", [], Rights);
        var own = await OwnTokenAsync(client);

        var proof = _key.Proof("POST", TokenAddress, await NonceAsync(client));
        using var response = await SendAsync(client, proof, Exchange(own));
        var answer = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, answer.ToString());
        Assert.Equal("DPoP", answer.GetProperty("token_type").GetString());
        Assert.Equal(_key.Thumbprint, PersonHost.Claims(answer, "access_token").GetProperty("cnf").GetProperty("jkt").GetString());

        var token = answer.GetProperty("access_token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await CallAsync("DPoP", token, _key.Proof("GET", ApiAddress, await NonceAsync(client), token)));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync("DPoP", token, new ProofKeyOfTest().Proof("GET", ApiAddress, await NonceAsync(client), token)));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync("Bearer", token, proof: null));

        using var again = await SendAsync(client, proof, Exchange(own));
        await OpenIdHost.AssertErrorAsync(again, HttpStatusCode.BadRequest, "invalid_dpop_proof");
    }

    [Fact]
    public async Task A_client_whose_tokens_are_bound_exchanges_for_no_other()
    {
        var client = await ChoosingClient.RegisterAsync(host, "always-bound", new() { ["dpop_bound_access_tokens"] = "true" }, Rights);
        using var first = await SendAsync(client, _key.Proof("POST", TokenAddress, await NonceAsync(client)), ("grant_type", "client_credentials"));
        var own = (await OpenIdHost.JsonAsync(first)).GetProperty("access_token").GetString()!;
        using var refused = await SendAsync(client, proof: null, Exchange(own));
        await OpenIdHost.AssertErrorAsync(refused, HttpStatusCode.BadRequest, "invalid_dpop_proof");
    }

    [Fact]
    public async Task A_bound_token_is_exchanged_with_its_key_alone_and_stays_bound()
    {
        var client = await ChoosingClient.RegisterAsync(host, "sometimes-bound", [], Rights);
        using var first = await SendAsync(client, _key.Proof("POST", TokenAddress, await NonceAsync(client)), ("grant_type", "client_credentials"));
        var own = (await OpenIdHost.JsonAsync(first)).GetProperty("access_token").GetString()!;

        using var keyless = await SendAsync(client, proof: null, Exchange(own));
        await OpenIdHost.AssertErrorAsync(keyless, HttpStatusCode.BadRequest, "invalid_grant");
        using var stranger = await SendAsync(client, new ProofKeyOfTest().Proof("POST", TokenAddress, await NonceAsync(client)), Exchange(own));
        await OpenIdHost.AssertErrorAsync(stranger, HttpStatusCode.BadRequest, "invalid_grant");
        using var bound = await SendAsync(client, _key.Proof("POST", TokenAddress, await NonceAsync(client)), Exchange(own));
        Assert.Equal(_key.Thumbprint, PersonHost.Claims(await OpenIdHost.JsonAsync(bound), "access_token").GetProperty("cnf").GetProperty("jkt").GetString());
    }

    private static (string Name, string Value)[] Exchange(string token) =>
        [("grant_type", Grant), ("subject_token", token), ("subject_token_type", AccessToken)];

    private static async Task<string> OwnTokenAsync(ChoosingClient client)
    {
        using var response = await client.PostAsync("/connect/token", ("grant_type", "client_credentials"));
        return (await OpenIdHost.JsonAsync(response)).GetProperty("access_token").GetString()!;
    }

    private async Task<string> NonceAsync(ChoosingClient client)
    {
        using var response = await SendAsync(client, _key.Proof("POST", TokenAddress, nonce: null), ("grant_type", "client_credentials"));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "use_dpop_nonce");
        return Assert.Single(response.Headers.GetValues("DPoP-Nonce"));
    }

    private static Task<HttpResponseMessage> SendAsync(ChoosingClient client, string? proof, params (string Name, string Value)[] form) =>
        client.SendAsync("/connect/token", request =>
        {
            if (proof is not null)
            {
                request.Headers.Add("DPoP", proof);
            }
        }, form);

    private async Task<HttpStatusCode> CallAsync(string scheme, string token, string? proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiPath) { Headers = { Authorization = new AuthenticationHeaderValue(scheme, token) } };
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
