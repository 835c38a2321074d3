using System.Net;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>Plans of the basic profile: how the person must have signed in, and what the pages are told.</summary>
public sealed class OidccSignInTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    public static TheoryData<string> Plans => OidccResponseTests.Plans;

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_prompt_login_has_the_person_sign_in_again_and_says_when(string mode)
    {
        var (client, account) = (await SuiteClient.RegisterAsync(host), await host.RegisterAsync(PersonHost.Tin));
        var cookie = await host.SignInAsync(account);
        var first = await client.TokensAsync(cookie, client.Request(("response_mode", mode)));
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        var request = client.Request(("prompt", "login"), ("response_mode", mode));
        var asked = await client.AskAsync(cookie, request);
        Assert.True(asked.AsksToSignIn, asked.ToString());
        var again = await client.AskAsync(await host.SignInAsync(account), PersonHost.ReturnUrl(asked.Address!));
        Assert.True(AuthTime(await client.TokensOfAsync(again, request)) > AuthTime(first));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_prompt_none_not_logged_in_is_login_required(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        var answer = await client.AskAsync(null, client.Request(("prompt", "none"), ("response_mode", mode)));
        Assert.Equal((true, "login_required", "a state"), (answer.IsToClient, answer.Error, answer.Parameters["state"]));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_prompt_none_logged_in_asks_nothing_and_names_the_same_sign_in(string mode)
    {
        var (client, cookie) = (await SuiteClient.RegisterAsync(host), await host.PersonAsync());
        var first = await client.TokensAsync(cookie, client.Request());
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await SameSignInAsync(client, first, cookie, client.Request(("prompt", "none"), ("response_mode", mode)));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_max_age_1_has_the_person_sign_in_again_and_says_when(string mode)
    {
        var (client, account) = (await SuiteClient.RegisterAsync(host), await host.RegisterAsync(PersonHost.Tin));
        var cookie = await host.SignInAsync(account);
        var first = await client.TokensAsync(cookie, client.Request());
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        var request = client.Request(("max_age", "1"), ("response_mode", mode));
        var asked = await client.AskAsync(cookie, request);
        Assert.True(asked.AsksToSignIn, asked.ToString());
        var again = await client.AskAsync(await host.SignInAsync(account), PersonHost.ReturnUrl(asked.Address!));
        Assert.True(AuthTime(await client.TokensOfAsync(again, request)) > AuthTime(first));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_max_age_10000_asks_nothing_and_names_the_same_sign_in(string mode)
    {
        var (client, cookie) = (await SuiteClient.RegisterAsync(host), await host.PersonAsync());
        var first = await client.TokensAsync(cookie, client.Request(("max_age", "15000")));
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await SameSignInAsync(client, first, cookie, client.Request(("max_age", "10000"), ("response_mode", mode)));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_id_token_hint_of_who_is_signed_in_asks_nothing(string mode)
    {
        var (client, cookie) = (await SuiteClient.RegisterAsync(host), await host.PersonAsync());
        var first = await client.TokensAsync(cookie, client.Request());
        await SameSignInAsync(client, first, cookie, client.Request(("prompt", "none"), ("id_token_hint", first.GetProperty("id_token").GetString()), ("response_mode", mode)));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_login_hint_is_in_the_field_of_the_sign_in(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        Assert.Contains("value=\"buffy@suite.example\"", await SignInPageAsync(client, ("login_hint", "buffy@suite.example"), ("response_mode", mode)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_ui_locales_is_the_language_of_the_sign_in_where_it_can_be(string mode)
    {
        var client = await SuiteClient.RegisterAsync(host);
        Assert.Contains("<html lang=\"fr\"", await SignInPageAsync(client, ("ui_locales", "se fr"), ("response_mode", mode)), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await SignInPageAsync(client, ("ui_locales", "se"), ("response_mode", mode)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task oidcc_ensure_request_with_acr_values_succeeds_and_the_ID_token_has_one_of_them(string mode)
    {
        var (client, cookie) = (await SuiteClient.RegisterAsync(host), await host.PersonAsync());
        var tokens = await client.TokensAsync(cookie, client.Request(("acr_values", "urn:tradeidentity:acr:1 urn:tradeidentity:acr:2"), ("response_mode", mode)));
        Assert.Equal("urn:tradeidentity:acr:1", PersonHost.Claims(tokens, "id_token").GetProperty("acr").GetString());
    }

    private static long AuthTime(System.Text.Json.JsonElement tokens) => PersonHost.Claims(tokens, "id_token").GetProperty("auth_time").GetInt64();

    private static async Task SameSignInAsync(SuiteClient client, System.Text.Json.JsonElement first, string cookie, AuthorizationRequest request)
    {
        var second = await client.TokensAsync(cookie, request);
        Assert.Equal(AuthTime(first), AuthTime(second));
        Assert.Equal(PersonHost.Claims(first, "id_token").GetProperty("sub").GetString(), PersonHost.Claims(second, "id_token").GetProperty("sub").GetString());
    }

    private async Task<string> SignInPageAsync(SuiteClient client, params (string Name, string? Value)[] more)
    {
        var asked = await client.AskAsync(null, client.Request(more));
        Assert.True(asked.AsksToSignIn, asked.ToString());
        using var page = await host.GetAsync(asked.Address!.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
