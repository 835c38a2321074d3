using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.SignedRequests;

/// <summary>RFC 9126 §3: a request object that is pushed.</summary>
public sealed class PushedRequestObjectTests(PersonHost host) : IClassFixture<PersonHost>, IDisposable
{
    private readonly SigningClient _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pushed_object_leads_to_a_code(bool mustSign)
    {
        await _client.RegisterAsync(host, ("require_signed_request_object", mustSign ? "true" : "false"));
        using var response = await PushAsync(_client.Sign(_client.Claims(_client.Request())), ("scope", "openid profile"), ("redirect_uri", "https://attacker.example/"));
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.Created, json.ToString());

        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var address = QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?> { ["client_id"] = _client.Id, ["request_uri"] = json.GetProperty("request_uri").GetString() });
        var there = await host.AnswerAsync(await host.AuthorizeAsync(cookie, address), cookie);
        Assert.StartsWith(SigningClient.Callback, there.ToString(), StringComparison.Ordinal);
        Assert.True(QueryHelpers.ParseQuery(there.Query).ContainsKey("code"));
    }

    [Fact]
    public async Task An_object_is_pushed_once_and_then_good_nowhere()
    {
        await _client.RegisterAsync(host);
        var requestObject = _client.Sign(_client.Claims(_client.Request()));
        using var first = await PushAsync(requestObject);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        using var second = await PushAsync(requestObject);
        await OpenIdHost.AssertErrorAsync(second, HttpStatusCode.BadRequest, "invalid_request_object");
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var there = await host.AnswerAsync(await host.AuthorizeAsync(cookie, _client.Address(requestObject)), cookie);
        Assert.Equal("invalid_request_object", QueryHelpers.ParseQuery(there.Query)["error"].ToString());
    }

    [Fact]
    public async Task Whoever_does_not_authenticate_as_the_client_uses_no_object_up()
    {
        await _client.RegisterAsync(host);
        var requestObject = _client.Sign(_client.Claims(_client.Request()));
        using var wrong = await host.PostAsync("/connect/par", _client.Id, ("request", requestObject), ("client_secret", "wrong"));
        await OpenIdHost.AssertErrorAsync(wrong, HttpStatusCode.Unauthorized, "invalid_client");
        using var other = await host.PostAsync("/connect/par", PersonHost.Agency, ("request", requestObject));
        await OpenIdHost.AssertErrorAsync(other, HttpStatusCode.BadRequest, "invalid_request_object");
        using var none = await host.Http.PostAsync(new Uri("/connect/par", UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("request", requestObject)]), TestContext.Current.CancellationToken);
        await OpenIdHost.AssertErrorAsync(none, HttpStatusCode.Unauthorized, "invalid_client");

        using var right = await PushAsync(requestObject);
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
    }

    [Fact]
    public async Task What_could_not_be_asked_openly_cannot_be_asked_signed()
    {
        await _client.RegisterAsync(host);
        using var response = await PushAsync(_client.Sign(_client.Claims(_client.Request(("redirect_uri", "https://attacker.example/")))));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_client_that_must_sign_pushes_nothing_else()
    {
        await _client.RegisterAsync(host, ("require_signed_request_object", "true"));
        using var response = await host.PostAsync("/connect/par", _client.Id, [("client_secret", SigningClient.Secret), .. _client.Request().Parameters.Where(parameter => parameter.Key != "client_id").Select(parameter => (parameter.Key, parameter.Value!))]);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_large_object_can_be_pushed_and_a_huge_one_not()
    {
        await _client.RegisterAsync(host);
        using var large = await PushAsync(_client.Sign(_client.Claims(_client.Request(("ui_hint", new string('x', 8000))))));
        Assert.Equal(HttpStatusCode.Created, large.StatusCode);
        using var huge = await PushAsync(_client.Sign(_client.Claims(_client.Request(("ui_hint", new string('x', 40_000))))));
        await OpenIdHost.AssertErrorAsync(huge, HttpStatusCode.BadRequest, "invalid_request_object");
    }

    [Theory]
    [InlineData("RS256", "oauth-authz-req+jwt")]
    [InlineData("ES256", "JWT")]
    [InlineData("ES256", null)]
    public async Task A_client_of_FAPI_types_its_objects_and_signs_them_as_the_profile_says(string algorithm, string? type)
    {
        await _client.RegisterAsync(host, (ClientMetadataNames.SecurityProfile, "fapi2"));
        using var response = await PushAsync(_client.Sign(_client.Claims(_client.Request()), algorithm, type));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request_object");
    }

    private Task<HttpResponseMessage> PushAsync(string requestObject, params (string Name, string Value)[] beside) =>
        host.PostAsync("/connect/par", _client.Id, [("client_secret", SigningClient.Secret), ("request", requestObject), .. beside]);
}
