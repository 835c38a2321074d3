using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.ClientChoices;

namespace TradeIdentity.Server.Tests.OpenId.Delegation;

/// <summary>RFC 8707 where a person signs in.</summary>
public sealed class ResourceIndicatorTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Port = "https://port.example/";
    private const string Depot = "https://depot.example/api";

    private static readonly string[] Rights = ["rsrc:" + Port, "rsrc:" + Depot, "ept:pushed_authorization"];

    [Fact]
    public async Task A_token_is_for_the_resources_that_were_asked_and_not_for_this_server()
    {
        var client = await ChoosingClient.RegisterAsync(host, "importer", [], Rights);
        var tokens = await TokensAsync(client, [Port]);

        Assert.Equal([Port], Audience(tokens));
        using var userInfo = await host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, userInfo.StatusCode);
        Assert.Equal("importer", PersonHost.Claims(tokens, "id_token").GetProperty("aud").GetString());
    }

    [Fact]
    public async Task Without_a_resource_a_token_is_for_this_server_alone()
    {
        var client = await ChoosingClient.RegisterAsync(host, "plain", [], Rights);
        var tokens = await TokensAsync(client, []);
        Assert.Equal([PersonHost.Issuer], Audience(tokens));
        using var more = await RefreshAsync(client, tokens, Port);
        await OpenIdHost.AssertErrorAsync(more, HttpStatusCode.BadRequest, "invalid_target");
    }

    [Fact]
    public async Task A_code_and_each_refresh_give_all_that_was_granted_or_fewer_and_never_more()
    {
        var client = await ChoosingClient.RegisterAsync(host, "narrow", [], Rights);
        var all = await TokensAsync(client, [Port, PersonHost.Issuer + "/"]);
        Assert.Equal([PersonHost.Issuer, Port], Audience(all).Order(StringComparer.Ordinal));

        var first = await TokensAsync(client, [Port, PersonHost.Issuer], Port);
        Assert.Equal([Port], Audience(first));
        using var wider = await RefreshAsync(client, first, Depot);
        await OpenIdHost.AssertErrorAsync(wider, HttpStatusCode.BadRequest, "invalid_target");

        // The refresh token keeps the whole grant (§2.2), whatever the access token beside it was for.
        using var second = await RefreshAsync(client, first, PersonHost.Issuer);
        var forIssuer = await OpenIdHost.JsonAsync(second);
        Assert.Equal([PersonHost.Issuer], Audience(forIssuer));
        using var userInfo = await host.GetAsync("/connect/userinfo", bearer: forIssuer.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.OK, userInfo.StatusCode);
        using var third = await RefreshAsync(client, forIssuer);
        Assert.Equal([PersonHost.Issuer, Port], Audience(await OpenIdHost.JsonAsync(third)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_refused_resource_does_not_use_the_code_up()
    {
        var client = await ChoosingClient.RegisterAsync(host, "careless", [], Rights);
        var (request, code) = await CodeAsync(client, [Port]);
        using var wrong = await RedeemAsync(client, request, code, Depot);
        await OpenIdHost.AssertErrorAsync(wrong, HttpStatusCode.BadRequest, "invalid_target");
        using var right = await RedeemAsync(client, request, code, Port);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Theory]
    [InlineData("resource=https://other.example/", "invalid_target")]
    [InlineData("resource=https://port.example", "invalid_target")]
    [InlineData("resource=https://port.example/%23x", "invalid_target")]
    [InlineData("resource=https://port.example/&resource=https://other.example/", "invalid_target")]
    [InlineData("audience=https://port.example/", "invalid_request")]
    public async Task A_resource_that_the_client_is_not_permitted_cannot_be_asked(string query, string error)
    {
        var id = "refused-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        await ChoosingClient.RegisterAsync(host, id, [], Rights);
        var there = await host.AuthorizeAsync(null, Request(id).Address + "&" + query);
        Assert.Equal(error, QueryHelpers.ParseQuery(there.Query)["error"].ToString());
    }

    [Fact]
    public async Task A_client_with_pairwise_subjects_gets_tokens_for_this_server_alone()
    {
        await ChoosingClient.RegisterAsync(host, "discreet", new() { ["subject_type"] = "pairwise" }, Rights);
        var there = await host.AuthorizeAsync(null, Request("discreet").Address + "&resource=" + Port);
        Assert.Equal("invalid_target", QueryHelpers.ParseQuery(there.Query)["error"].ToString());
    }

    [Fact]
    public async Task What_the_client_is_not_permitted_any_more_is_lost_at_the_next_refresh()
    {
        var client = await ChoosingClient.RegisterAsync(host, "demoted", [], Rights);
        var tokens = await TokensAsync(client, [Port, Depot]);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
            var application = (await applications.FindByClientIdAsync("demoted", TestContext.Current.CancellationToken))!;
            var descriptor = new OpenIddictApplicationDescriptor();
            await applications.PopulateAsync(descriptor, application, TestContext.Current.CancellationToken);
            descriptor.Permissions.Remove("rsrc:" + Depot);
            await applications.UpdateAsync(application, descriptor, TestContext.Current.CancellationToken);
        }

        using var refreshed = await RefreshAsync(client, tokens);
        Assert.Equal([Port], Audience(await OpenIdHost.JsonAsync(refreshed)));
    }

    private static AuthorizationRequest Request(string clientId) =>
        AuthorizationRequest.With(("client_id", clientId), ("redirect_uri", $"https://{clientId}.example/callback"), ("scope", "openid profile offline_access"));

    private async Task<(AuthorizationRequest Request, string Code)> CodeAsync(ChoosingClient client, string[] resources)
    {
        var request = Request(client.ClientId);
        var address = request.Address + string.Concat(resources.Select(resource => "&resource=" + Uri.EscapeDataString(resource)));
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var there = await host.AnswerAsync(await host.AuthorizeAsync(cookie, address), cookie);
        return (request, QueryHelpers.ParseQuery(there.Query)["code"].ToString());
    }

    private async Task<JsonElement> TokensAsync(ChoosingClient client, string[] resources, params string[] narrowed)
    {
        var (request, code) = await CodeAsync(client, resources);
        using var response = await RedeemAsync(client, request, code, narrowed);
        var tokens = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, tokens.ToString());
        return tokens;
    }

    private static Task<HttpResponseMessage> RedeemAsync(ChoosingClient client, AuthorizationRequest request, string code, params string[] resources) =>
        client.PostAsync("/connect/token", [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", $"https://{client.ClientId}.example/callback"), ("code_verifier", request.Verifier),
            .. resources.Select(resource => ("resource", resource))]);

    private static Task<HttpResponseMessage> RefreshAsync(ChoosingClient client, JsonElement tokens, params string[] resources) =>
        client.PostAsync("/connect/token", [
            ("grant_type", "refresh_token"), ("refresh_token", tokens.GetProperty("refresh_token").GetString()!), .. resources.Select(resource => ("resource", resource))]);

    private static IEnumerable<string> Audience(JsonElement tokens)
    {
        var audience = PersonHost.Claims(tokens, "access_token").GetProperty("aud");
        return audience.ValueKind == JsonValueKind.Array ? audience.EnumerateArray().Select(one => one.GetString()!) : [audience.GetString()!];
    }
}
