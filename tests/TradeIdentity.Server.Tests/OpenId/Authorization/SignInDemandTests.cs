using Microsoft.AspNetCore.WebUtilities;
using TradeIdentity.Server.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Authorization;

/// <summary>How a request says how the person must have signed in (OpenID Connect Core §3.1.2.1 and §5.5.1.1).</summary>
public sealed class SignInDemandTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string TwoFactors = "urn:tradeidentity:acr:2";

    [Fact]
    public async Task Without_a_sign_in_a_request_that_forbids_asking_fails()
    {
        CodeFlowTests.AssertError("login_required", await host.AuthorizeAsync(null, AuthorizationRequest.With(("prompt", "none")).Address));
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        CodeFlowTests.AssertError("consent_required", await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("prompt", "none")).Address));
        await host.TokensAsync(cookie, new AuthorizationRequest());
        Assert.Contains("code=", (await host.AuthorizeAsync(cookie, AuthorizationRequest.With(("prompt", "none")).Address)).Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("prompt", "select_account")]
    [InlineData("max_age", "60")]
    [InlineData("max_age", "0")]
    [InlineData("acr_values", TwoFactors)]
    [InlineData("claims", """{"id_token":{"acr":{"essential":true,"values":["urn:tradeidentity:acr:2"]}}}""")]
    public async Task A_sign_in_that_is_not_good_enough_is_asked_for_again_and_only_another_satisfies(string name, string value)
    {
        var account = await host.RegisterAsync(PersonHost.Tin);
        var old = await host.SignInAsync(account, secondsAgo: 120);
        var page = await host.AuthorizeAsync(old, AuthorizationRequest.With((name, value)).Address);
        Assert.Equal("/sign-in", page.AbsolutePath);
        Assert.Equal("/sign-in", (await host.AuthorizeAsync(old, PersonHost.ReturnUrl(page))).AbsolutePath);
        var stronger = await host.SignInAsync(account, acr: TwoFactors);
        Assert.Equal("/consent", (await host.AuthorizeAsync(stronger, PersonHost.ReturnUrl(page))).AbsolutePath);
    }

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "60")]
    public async Task A_demand_that_a_signed_out_browser_was_asked_does_not_let_an_old_sign_in_of_another_browser_pass(string name, string value)
    {
        var account = await host.RegisterAsync(PersonHost.Tin);
        var old = await host.SignInAsync(account, secondsAgo: 600);
        // Whoever sits at an unlocked machine asks elsewhere, and brings the address back.
        var elsewhere = await host.AuthorizeAsync(null, AuthorizationRequest.With((name, value)).Address);
        Assert.Equal("/sign-in", elsewhere.AbsolutePath);
        Assert.Equal("/sign-in", (await host.AuthorizeAsync(old, PersonHost.ReturnUrl(elsewhere))).AbsolutePath);

        // The one that the person makes now is good, through all pages that follow.
        var fresh = await host.SignInAsync(account);
        var consent = await host.AuthorizeAsync(fresh, PersonHost.ReturnUrl(elsewhere));
        Assert.Contains("code=", (await host.AnswerAsync(consent, fresh)).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strength_that_is_essential_is_given_or_the_request_fails_one_that_is_wished_for_may_be_missed()
    {
        var account = await host.RegisterAsync(PersonHost.Tin);
        var essential = await host.AuthorizeAsync(
            await host.SignInAsync(account, secondsAgo: 9), AuthorizationRequest.With(("claims", """{"id_token":{"acr":{"essential":true,"value":"urn:tradeidentity:acr:2"}}}""")).Address);
        var again = await host.SignInAsync(account);
        CodeFlowTests.AssertError("unmet_authentication_requirements", await host.AuthorizeAsync(again, PersonHost.ReturnUrl(essential)));
        var wished = await host.AuthorizeAsync(again, AuthorizationRequest.With(("acr_values", TwoFactors)).Address);
        Assert.Equal("/consent", (await host.AuthorizeAsync(await host.SignInAsync(account, secondsAgo: 1), PersonHost.ReturnUrl(wished))).AbsolutePath);
    }

    [Fact]
    public async Task A_hint_at_another_person_asks_for_that_person()
    {
        var first = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var hint = (await host.TokensAsync(first, new AuthorizationRequest())).GetProperty("id_token").GetString();
        var other = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        var page = await host.AuthorizeAsync(other, AuthorizationRequest.With(("id_token_hint", hint)).Address);
        Assert.Equal("/sign-in", page.AbsolutePath);
        CodeFlowTests.AssertError("login_required", await host.AuthorizeAsync(other, AuthorizationRequest.With(("id_token_hint", hint), ("prompt", "none")).Address));
        Assert.Contains("code=", (await host.AuthorizeAsync(first, AuthorizationRequest.With(("id_token_hint", hint)).Address)).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hint_and_a_claims_request_name_the_person_as_the_client_knows_them()
    {
        var account = await host.RegisterAsync(PersonHost.Tin);
        var cookie = await host.SignInAsync(account);
        var tokens = await host.TokensAsync(cookie, new AuthorizationRequest { ClientId = PersonHost.Pairwise, RedirectUri = PersonHost.PairwiseCallback });
        var subject = PersonHost.Claims(tokens, "id_token").GetProperty("sub").GetString()!;
        Assert.NotEqual(account, subject);
        var hinted = await AskAsync(("id_token_hint", tokens.GetProperty("id_token").GetString()));
        Assert.Contains("code=", hinted.Query, StringComparison.Ordinal);
        Assert.Contains("code=", (await AskAsync(("claims", ClaimsFor(subject)))).Query, StringComparison.Ordinal);
        Assert.Contains("error=login_required", (await AskAsync(("claims", ClaimsFor(account)))).Query, StringComparison.Ordinal);

        Task<Uri> AskAsync((string Name, string? Value) more) => host.AuthorizeAsync(
            cookie, (AuthorizationRequest.With(("prompt", "none"), more) with { ClientId = PersonHost.Pairwise, RedirectUri = PersonHost.PairwiseCallback }).Address);

        static string ClaimsFor(string subject) => $$$"""{"id_token":{"sub":{"value":"{{{subject}}}"} } }""";
    }

    [Fact]
    public async Task The_pages_are_told_what_the_client_hints_at_and_asks_for()
    {
        var page = await host.AuthorizeAsync(null, AuthorizationRequest.With(
            ("scope", "openid email"), ("login_hint", "ada@trader.example"), ("ui_locales", "fr"), ("acr_values", TwoFactors), ("organization", PersonHost.Tin),
            ("claims", """{"userinfo":{"aeo":null,"shoe_size":null}}""")).Address);
        var interactions = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Interactions>(host.Services);
        Assert.True(interactions.TryRead(PersonHost.ReturnUrl(page), out var interaction));
        Assert.Equal((PersonHost.Agency, "ada@trader.example", "fr", true), (interaction.ClientId, interaction.LoginHint, interaction.UiLocales, interaction.NeedsTwoFactors));
        Assert.Equal((PersonHost.Tin, true), (interaction.Organization, interaction.OrganizationIsGiven));
        Assert.Equal(["openid", "email"], interaction.Scopes);
        Assert.Equal(["aeo"], interaction.Claims);
        Assert.False(interactions.TryRead(QueryHelpers.AddQueryString("/connect/authorize", "interaction", "x"), out _));
        Assert.False(interactions.TryRead(null, out _));
    }
}
