using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Persons;

/// <summary>For whom else a person acts, in tokens and at UserInfo.</summary>
public sealed class MandateClaimsTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static readonly MandateActor Office = MandateActor.Authority("back-office");
    private static readonly AuthorizationRequest Asked = AuthorizationRequest.With(("scope", "openid mandates offline_access"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tokens_of_a_brokers_person_say_for_whom_the_broker_acts_while_it_does()
    {
        const string broker = "GBDEMO0003";
        var mandate = await AcceptedAsync(new MandateRepresentative.OfOperator(Tin.Parse(broker)), new MandateScope { Declarations = ["import"] });
        var tokens = await host.TokensAsync(await host.SignInAsync(await host.RegisterAsync(broker)), Asked);

        foreach (var token in new[] { "id_token", "access_token" })
        {
            var claim = Assert.Single(PersonHost.Claims(tokens, token).GetProperty("mandates").EnumerateArray());
            Assert.Equal((mandate, PersonHost.Tin, "direct"), (Text(claim, "id"), Text(claim.GetProperty("principal"), "tin"), Text(claim, "representation")));
            Assert.Equal("import", Assert.Single(claim.GetProperty("limits").GetProperty("declarations").EnumerateArray()).GetString());
            Assert.Equal(PersonHost.Tin, Assert.Single(claim.GetProperty("chain").EnumerateArray()).GetString());
        }

        Assert.Single((await UserInfoAsync(tokens)).GetProperty("mandates").EnumerateArray());

        Value(await host.Services.GetRequiredService<EndMandate>().ExecuteAsync(mandate, "over", Office, Cancellation));

        Assert.False((await UserInfoAsync(tokens)).TryGetProperty("mandates", out _));
        using var refreshed = await host.RefreshAsync(PersonHost.Agency, tokens.GetProperty("refresh_token").GetString()!);
        Assert.False(PersonHost.Claims(await OpenIdHost.JsonAsync(refreshed), "access_token").TryGetProperty("mandates", out _));
    }

    [Fact]
    public async Task A_natural_person_has_their_own_with_no_operator_behind_them()
    {
        var person = await host.RegisterAsync();
        var mandate = await AcceptedAsync(new MandateRepresentative.OfPerson(person));
        var tokens = await host.TokensAsync(await host.SignInAsync(person), Asked);
        Assert.Equal(mandate, Text(Assert.Single(PersonHost.Claims(tokens, "id_token").GetProperty("mandates").EnumerateArray()), "id"));
    }

    [Fact]
    public async Task Nobody_is_told_of_mandates_without_the_scope()
    {
        const string broker = "DKDEMO0004";
        await AcceptedAsync(new MandateRepresentative.OfOperator(Tin.Parse(broker)));
        var tokens = await host.TokensAsync(await host.SignInAsync(await host.RegisterAsync(broker)), AuthorizationRequest.With(("scope", "openid organization")));
        Assert.False(PersonHost.Claims(tokens, "access_token").TryGetProperty("mandates", out _));
        Assert.False((await UserInfoAsync(tokens)).TryGetProperty("mandates", out _));
    }

    [Fact]
    public async Task Of_more_than_fit_a_token_has_none_and_user_info_all()
    {
        var broker = Tin.Parse("USDEMO0005");
        for (var i = 0; i < 17; i++)
        {
            await AcceptedAsync(new MandateRepresentative.OfOperator(broker));
        }

        var tokens = await host.TokensAsync(await host.SignInAsync(await host.RegisterAsync(broker.Value)), Asked);
        Assert.False(PersonHost.Claims(tokens, "id_token").TryGetProperty("mandates", out _));
        Assert.False(PersonHost.Claims(tokens, "access_token").TryGetProperty("mandates", out _));
        Assert.Equal(17, (await UserInfoAsync(tokens)).GetProperty("mandates").GetArrayLength());
    }

    private async Task<string> AcceptedAsync(MandateRepresentative representative, MandateScope? scope = null)
    {
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var offer = new MandateOffer
        {
            Grantor = Tin.Parse(PersonHost.Tin),
            Representative = representative,
            Kind = MandateKind.Direct,
            Scope = scope ?? new MandateScope(),
            ValidFrom = now,
            ValidUntil = now.AddDays(30),
            Evidence = "Deed of the test",
        };
        var granted = Value(await host.Services.GetRequiredService<GrantMandate>().ExecuteAsync(offer, Office, Cancellation));
        return Value(await host.Services.GetRequiredService<AnswerMandate>().AcceptAsync(granted.Last.Id, Office, Cancellation)).Last.Id;
    }

    private async Task<JsonElement> UserInfoAsync(JsonElement tokens)
    {
        using var response = await host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("access_token").GetString());
        return await OpenIdHost.JsonAsync(response);
    }

    private static T Value<T>(Outcome<T> outcome)
        where T : notnull =>
        outcome.Match(value => value, refusal => throw new InvalidOperationException($"{refusal.Code}: {refusal.Detail}"));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
