using System.Net;
using System.Text.Json;

namespace TradeIdentity.Server.Tests.OpenId.Authorization;

/// <summary>For which legal entity the person acts.</summary>
public sealed class ActingForTests(PersonHost host) : IClassFixture<PersonHost>
{
    [Fact]
    public async Task Who_acts_for_several_chooses_and_who_was_named_one_does_not()
    {
        var account = await host.RegisterAsync(PersonHost.Tin, PersonHost.OtherTin);
        var cookie = await host.SignInAsync(account);
        Assert.Equal("/act-for", (await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("scope", "openid organization")).Address)).AbsolutePath);
        CodeFlowTests.AssertError("account_selection_required", await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("scope", "openid aeo"), ("prompt", "none")).Address));
        Assert.Equal("/consent", (await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("scope", "openid")).Address)).AbsolutePath);

        var chosen = await host.TokensAsync(await host.SignInAsync(account, actingFor: PersonHost.OtherTin), AuthorizationRequest.With(("scope", "openid organization")));
        Assert.Equal(PersonHost.OtherTin, PersonHost.Claims(chosen, "id_token").GetProperty("organization").GetProperty("tin").GetString());
        var named = await host.TokensAsync(cookie, AuthorizationRequest.With(("scope", "openid organization"), ("organization", PersonHost.Tin)));
        Assert.Equal(PersonHost.Tin, PersonHost.Claims(named, "id_token").GetProperty("organization").GetProperty("tin").GetString());
    }

    [Fact]
    public async Task Nobody_acts_for_an_entity_without_a_right_to()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        CodeFlowTests.AssertError("access_denied", await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("organization", PersonHost.OtherTin)).Address));
        CodeFlowTests.AssertError("access_denied", await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("organization", "NL000000000")).Address));
        var alone = await host.TokensAsync(await host.SignInAsync(await host.RegisterAsync()), AuthorizationRequest.With(("scope", "openid organization aeo")));
        Assert.False(PersonHost.Claims(alone, "id_token").TryGetProperty("organization", out _));
    }

    [Fact]
    public async Task The_entity_can_be_asked_for_by_authorization_details_which_the_answer_repeats()
    {
        const string details = $$"""[{"type":"acting_for","organization":"{{PersonHost.Tin}}"}]""";
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin, PersonHost.OtherTin));
        var tokens = await host.TokensAsync(cookie, AuthorizationRequest.With(("authorization_details", details), ("scope", "openid offline_access")));
        AssertSame(details, tokens.GetProperty("authorization_details"));
        AssertSame(details, PersonHost.Claims(tokens, "access_token").GetProperty("authorization_details"));
        using var refreshed = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
        AssertSame(details, (await OpenIdHost.JsonAsync(refreshed)).GetProperty("authorization_details"));
    }

    private static void AssertSame(string expected, JsonElement actual)
    {
        using var document = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(document.RootElement, actual), actual.GetRawText());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""[{"type":"payment"}]""")]
    [InlineData("""[{"type":"acting_for"}]""")]
    [InlineData("""[{"type":"acting_for","organization":"NL854502130","amount":1}]""")]
    [InlineData("""[{"type":"acting_for","organization":"NL854502130","organization":"CHDEMO0001"}]""")]
    [InlineData("""[{"type":"acting_for","organization":"NL854502130"},{"type":"acting_for","organization":"CHDEMO0001"}]""")]
    [InlineData("""[{"type":"acting_for","organization":"nl 854"}]""")]
    public async Task Other_authorization_details_refuse_the_request(string details)
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        CodeFlowTests.AssertError("invalid_authorization_details", await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("authorization_details", details)).Address));
    }

    [Fact]
    public async Task Whoever_no_longer_acts_for_the_entity_gets_no_more_tokens_and_no_more_claims()
    {
        var account = await host.RegisterAsync(PersonHost.Tin);
        var tokens = await host.TokensAsync(await host.SignInAsync(account), AuthorizationRequest.With(("scope", "openid organization offline_access")));
        await host.EndMembershipsAsync(account);
        using var refreshed = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
        await OpenIdHost.AssertErrorAsync(refreshed, HttpStatusCode.BadRequest, "invalid_grant");
        using var userInfo = await host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, userInfo.StatusCode);
    }
}
