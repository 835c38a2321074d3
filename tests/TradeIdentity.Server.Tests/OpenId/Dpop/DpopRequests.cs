using System.Net;
using System.Net.Http.Headers;

namespace TradeIdentity.Server.Tests.OpenId.Dpop;

/// <summary>Requests of a client that proves possession.</summary>
internal static class DpopRequests
{
    public static string TokenEndpoint => OpenIdHost.Issuer + "/connect/token";

    public static async Task<HttpResponseMessage> TokenAsync(this OpenIdHost host, string? proof, string scope = "operators.read", HttpClient? http = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = OpenIdHost.ClientId,
                ["client_secret"] = host.Secret,
                ["scope"] = scope,
            }),
        };
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await (http ?? host.Http).SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The server's nonce, as a client that has none gets it.</summary>
    public static async Task<string> NonceAsync(this OpenIdHost host, HttpClient? http = null)
    {
        using var response = await host.TokenAsync(new ProofKeyOfTest().Proof("POST", TokenEndpoint, nonce: null), http: http);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "use_dpop_nonce");
        return Assert.Single(response.Headers.GetValues("DPoP-Nonce"));
    }

    /// <summary>An access token bound to <paramref name="key"/>.</summary>
    public static async Task<string> BoundTokenAsync(this OpenIdHost host, ProofKeyOfTest key, string scope = "operators.read")
    {
        using var response = await host.TokenAsync(key.Proof("POST", TokenEndpoint, await host.NonceAsync()), scope);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.Equal("DPoP", json.GetProperty("token_type").GetString());
        return json.GetProperty("access_token").GetString()!;
    }

    public static async Task<HttpResponseMessage> ProtectedAsync(this OpenIdHost host, string scheme, string token, params string[] proofs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/protected?page=2") { Headers = { Authorization = new AuthenticationHeaderValue(scheme, token) } };
        request.Headers.Add("DPoP", proofs);
        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
