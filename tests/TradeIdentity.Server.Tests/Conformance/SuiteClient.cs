using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Server.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>A client of the suite, registered with what the module asks for, that authenticates by its secret in the header.</summary>
internal sealed partial class SuiteClient
{
    internal const string Callback = "https://suite.example/callback";
    internal const string SignedOut = "https://suite.example/post_logout";

    private readonly ConformanceHost _host;

    private SuiteClient(ConformanceHost host, JsonElement registered) => (_host, Registered) = (host, registered);

    internal JsonElement Registered { get; }

    internal string Id => Registered.GetProperty("client_id").GetString()!;

    internal string Secret => Registered.GetProperty("client_secret").GetString()!;

    internal static JsonObject Metadata(params (string Name, JsonNode? Value)[] more)
    {
        var metadata = new JsonObject
        {
            ["client_name"] = "Conformance suite",
            ["redirect_uris"] = new JsonArray(Callback),
            ["post_logout_redirect_uris"] = new JsonArray(SignedOut),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["scope"] = "openid profile email organization aeo offline_access",
        };
        foreach (var (name, value) in more)
        {
            metadata[name] = value;
        }

        return metadata;
    }

    internal static async Task<SuiteClient> RegisterAsync(ConformanceHost host, params (string Name, JsonNode? Value)[] more)
    {
        using var response = await host.RegisterClientAsync(Metadata(more));
        var registered = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.Created, registered.ToString());
        return new SuiteClient(host, registered);
    }

    /// <summary>An authorization request with PKCE, which this server asks of all; null takes a parameter away.</summary>
    internal AuthorizationRequest Request(params (string Name, string? Value)[] more) =>
        new() { ClientId = Id, RedirectUri = Callback, More = more.ToDictionary(pair => pair.Name, pair => pair.Value) };

    /// <summary>What the browser of the person brings back, who allows what is asked.</summary>
    internal Task<SuiteAnswer> AskAsync(string? cookie, AuthorizationRequest request) => AskAsync(cookie, request.Address);

    internal async Task<SuiteAnswer> AskAsync(string? cookie, string address)
    {
        using var response = await _host.GetAsync(address, cookie);
        if (response.Headers.Location is { } location)
        {
            var there = new Uri(_host.Http.BaseAddress!, location);
            return there.AbsolutePath == "/consent" && cookie is not null
                ? await AskAsync(cookie, _host.Services.GetRequiredService<Interactions>().Answer(PersonHost.ReturnUrl(there), InteractionAnswer.Allowed, _host.SidOf(cookie)))
                : new SuiteAnswer(there, QueryHelpers.ParseQuery(there.Query).ToDictionary(field => field.Key, field => field.Value.ToString()), "", response.StatusCode);
        }

        // OAuth 2.0 Form Post Response Mode §2, or a page that tells the person.
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var action = FormAction().Match(page);
        return new SuiteAnswer(
            action.Success ? new Uri(_host.Http.BaseAddress!, WebUtility.HtmlDecode(action.Groups[1].Value)) : null,
            FormField().Matches(page).ToDictionary(field => WebUtility.HtmlDecode(field.Groups[1].Value), field => WebUtility.HtmlDecode(field.Groups[2].Value)),
            page, response.StatusCode);
    }

    /// <summary>The whole way to the tokens.</summary>
    internal async Task<JsonElement> TokensAsync(string cookie, AuthorizationRequest request)
    {
        var answer = await AskAsync(cookie, request);
        return await TokensOfAsync(answer, request);
    }

    /// <summary>The tokens of an answer, which has a code.</summary>
    internal async Task<JsonElement> TokensOfAsync(SuiteAnswer answer, AuthorizationRequest request)
    {
        using var response = await ExchangeAsync(answer.Code, request);
        var tokens = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, tokens.ToString());
        return tokens;
    }

    internal Task<HttpResponseMessage> ExchangeAsync(string code, AuthorizationRequest request) => PostAsync(
        "/connect/token", ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", request.RedirectUri), ("code_verifier", request.Verifier));

    internal Task<HttpResponseMessage> RefreshAsync(string token) => PostAsync("/connect/token", ("grant_type", "refresh_token"), ("refresh_token", token));

    internal async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Id}:{Secret}")));
        return await _host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Without the secret: the form says who it is.</summary>
    internal Task<HttpResponseMessage> PostAnonymouslyAsync(string path, params (string Name, string Value)[] form) => _host.Http.PostAsync(
        new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))), TestContext.Current.CancellationToken);

    internal async Task<JsonElement> UserInfoAsync(JsonElement tokens)
    {
        using var response = await _host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await OpenIdHost.JsonAsync(response);
    }

    [GeneratedRegex("<form[^>]*\\saction=\"([^\"]*)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex FormField();
}
