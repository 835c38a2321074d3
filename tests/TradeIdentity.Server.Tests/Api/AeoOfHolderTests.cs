using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>What a person does for the operator that their token names, and nothing of the authority's.</summary>
public sealed class AeoOfHolderTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Own = $"/api/v1/operators/{PersonHost.OtherTin}/aeo/holder";
    private const string Open = """{"component":"AEOS","programme":"EU-AEO","act":"open","reason":"We store goods under bond."}""";

    [Fact]
    public async Task The_holder_applies_and_what_follows_is_the_authoritys()
    {
        var token = await TokenAsync(await host.RegisterAsync(PersonHost.OtherTin), PersonHost.OtherTin);
        Assert.Equal("draft", await StatusAsync(await SendAsync($"{Own}/acts", token, Open)));
        await RefusedAsync(HttpStatusCode.Conflict, "aeo_answers_missing", await SendAsync($"{Own}/acts", token, Open.Replace("open", "submit")));
        using var answered = await SendAsync($"{Own}/answers", token, await Applications.AnswersAsync(host, PersonHost.OtherTin, token, "AEOS", "EU-AEO"));
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Equal("submitted", await StatusAsync(await SendAsync($"{Own}/acts", token, Open.Replace("open", "submit"))));
        await RefusedAsync(HttpStatusCode.Conflict, "aeo_transition_not_allowed", await SendAsync($"{Own}/acts", token, Open));
        foreach (var act in new[] { "accept", "reject" })
        {
            await RefusedAsync(HttpStatusCode.Forbidden, "aeo_act_of_authority", await SendAsync($"{Own}/acts", token, Open.Replace("open", act)));
        }

        using var read = await SendAsync(Own, token);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        var life = await ServerFixture.JsonAsync(read);
        var steps = life.GetProperty("history").EnumerateArray().ToList();
        Assert.Equal("open holder submit holder", string.Join(' ', steps.Select(step => $"{step.GetProperty("act").GetString()} {step.GetProperty("takenBy").GetString()}")));
        Assert.All(steps, step => Assert.False(step.TryGetProperty("proposedBy", out _) || step.TryGetProperty("approvedBy", out _)));
    }

    [Fact]
    public async Task The_holder_gives_an_authorisation_up_and_its_credentials_go_with_it()
    {
        var token = await TokenAsync(await host.RegisterAsync(PersonHost.Tin), PersonHost.Tin);
        const string Aeo = $"/api/v1/operators/{PersonHost.Tin}/aeo/holder";
        Assert.Equal("relinquished", await StatusAsync(await SendAsync($"{Aeo}/acts", token, """{"component":"AEOS","act":"relinquish","reason":"We store no goods any more."}""")));
        await RefusedAsync(HttpStatusCode.Conflict, "aeo_transition_not_allowed", await SendAsync($"{Aeo}/acts", token, """{"component":"AEOS","act":"relinquish","reason":"Again."}"""));
        await RefusedAsync(HttpStatusCode.Forbidden, "aeo_act_of_authority", await SendAsync($"{Aeo}/acts", token, """{"component":"AEOC","act":"revoke","reason":"Me."}"""));
    }

    [Fact]
    public async Task A_token_for_one_operator_does_not_reach_another_of_the_same_person()
    {
        var token = await TokenAsync(await host.RegisterAsync(PersonHost.Tin, PersonHost.OtherTin), PersonHost.Tin);
        await RefusedAsync(HttpStatusCode.Forbidden, "aeo_holder_required", await SendAsync(Own, token));
        await RefusedAsync(HttpStatusCode.Forbidden, "aeo_holder_required", await SendAsync($"{Own}/acts", token, Open));
    }

    [Fact]
    public async Task Who_acts_for_the_operator_no_more_does_nothing_with_a_token_of_before()
    {
        var account = await host.RegisterAsync(PersonHost.OtherTin);
        var token = await TokenAsync(account, PersonHost.OtherTin);
        await host.EndMembershipsAsync(account);
        await RefusedAsync(HttpStatusCode.Forbidden, "aeo_holder_required", await SendAsync(Own, token));
        await RefusedAsync(HttpStatusCode.Forbidden, "aeo_holder_required", await SendAsync($"{Own}/acts", token, Open));
    }

    [Fact]
    public async Task A_holder_names_no_date_and_no_ground()
    {
        var token = await TokenAsync(await host.RegisterAsync(PersonHost.OtherTin), PersonHost.OtherTin);
        await RefusedAsync(HttpStatusCode.BadRequest, "body_invalid", await SendAsync($"{Own}/acts", token, Open.Replace("}", ",\"effectiveFrom\":\"2020-01-01\"}")));
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, "aeo_decision_invalid", await SendAsync($"{Own}/acts", token, """{"component":"AEOC","programme":"EU-AEO","act":"open","reason":" "}"""));
    }

    private async Task<string> TokenAsync(string account, string actingFor)
    {
        var tokens = await host.TokensAsync(await host.SignInAsync(account, actingFor: actingFor), AuthorizationRequest.With(("scope", "openid aeo.apply")));
        Assert.Contains("aeo.apply", PersonHost.Claims(tokens, "access_token").GetProperty("scope").GetString()!, StringComparison.Ordinal);
        return tokens.GetProperty("access_token").GetString()!;
    }

    private Task<HttpResponseMessage> SendAsync(string path, string token, string? body = null) => host.SendAsync(body is null ? HttpMethod.Get : HttpMethod.Post, path, token, body);

    private static async Task<string?> StatusAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return (await ServerFixture.JsonAsync(response)).GetProperty("status").GetString();
        }
    }

    private static async Task<JsonElement> RefusedAsync(HttpStatusCode status, string code, HttpResponseMessage response)
    {
        using (response)
        {
            return await ProblemAssert.IsAsync(status, code, response);
        }
    }
}
