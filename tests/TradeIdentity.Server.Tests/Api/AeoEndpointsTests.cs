using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>The life of AEO status as officers carry it on over the API, each with a token of their own.</summary>
public sealed class AeoEndpointsTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Holder = $"/api/v1/operators/{PersonHost.Tin}/aeo";
    private const string Applicant = $"/api/v1/operators/{PersonHost.OtherTin}/aeo";
    private const string Suspend = """{"component":"AEOC","act":"suspend","ground":"suspected","legalGround":"Article 30(1)","effectiveFrom":"2026-01-15"}""";

    private const string Visit =
        """{"programme":"EU-AEO","component":"AEOS","visitedOn":"2026-01-12","place":"Warehouse 4","visitors":"Two auditors","favourable":true,"conclusion":"Met.","findings":[{"criterion":"compliance","met":true,"text":"Met."},{"criterion":"records","met":true,"text":"Met."},{"criterion":"solvency","met":true,"text":"Met."},{"criterion":"security","met":true,"text":"Met."}]}""";

    [Fact]
    public async Task An_application_is_carried_to_its_grant_and_suspended_by_two_officers()
    {
        var (officer, approver) = (await OfficerAsync(AccountRoles.AeoOfficer), await OfficerAsync(AccountRoles.Approver));
        foreach (var act in new[] { "open", "submit", "accept", "verify-identity", "extend", "assess-risk" })
        {
            await OkAsync($"{Applicant}/acts", $$"""{"programme":"EU-AEO","component":"AEOS","act":"{{act}}","legalGround":"Article 38 UCC"}""", officer);
        }

        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var assessed = await ComponentAsync(Applicant, "AEOS", officer);
        Assert.Equal(("risk-assessed", today.AddDays(180)), (assessed.GetProperty("status").GetString(), DateOnly.Parse(assessed.GetProperty("dueOn").GetString()!, null)));
        Assert.Equal(
            ["ask-information risk-assessed officer", "grant granted two-officers", "refuse refused officer", "withdraw withdrawn holder"],
            assessed.GetProperty("nextActs").EnumerateArray()
                .Select(way => $"{way.GetProperty("act").GetString()} {way.GetProperty("to").GetString()} {string.Join(',', way.GetProperty("by").EnumerateArray())}").Order());

        const string Grant = """{"programme":"EU-AEO","component":"AEOS","act":"grant","authorisationNumber":"CHAEOS1","legalGround":"Article 38 UCC"}""";
        await RefusedAsync(HttpStatusCode.Conflict, "aeo_four_eyes", await host.SendAsync(HttpMethod.Post, $"{Applicant}/acts", officer, Grant));
        await RefusedAsync(HttpStatusCode.Conflict, "aeo_visit_required", await host.SendAsync(HttpMethod.Post, $"{Applicant}/proposals", officer, Grant));
        using (var visited = await host.SendAsync(HttpMethod.Post, $"{Applicant}/visits", officer, Visit))
        {
            Assert.Equal(HttpStatusCode.Created, visited.StatusCode);
        }

        Assert.Single((await OkAsync($"{Applicant}/visits", null, approver)).GetProperty("items").EnumerateArray());
        using var response = await host.SendAsync(HttpMethod.Post, $"{Applicant}/proposals", officer, Grant);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var proposal = await ServerFixture.JsonAsync(response);
        var address = $"{Applicant}/proposals/{proposal.GetProperty("id").GetString()}";
        Assert.Equal(address, response.Headers.Location!.OriginalString);
        Assert.Equal(("open", 0), (proposal.GetProperty("state").GetString(), proposal.GetProperty("ageDays").GetInt32()));
        Assert.Contains(
            (await OkAsync("/api/v1/aeo/proposals?limit=200", null, approver)).GetProperty("items").EnumerateArray(),
            item => item.GetProperty("id").GetString() == proposal.GetProperty("id").GetString() && item.GetProperty("dueOn").GetString() == assessed.GetProperty("dueOn").GetString());

        Assert.Equal("granted", (await OkAsync($"{address}/approve", "", approver)).GetProperty("status").GetString());
        Assert.Equal("approved", (await OkAsync(address, null, approver)).GetProperty("state").GetString());
        var history = (await OkAsync(Applicant, null, officer)).GetProperty("history").EnumerateArray().ToList();
        Assert.Equal("open submit accept verify-identity extend assess-risk grant", string.Join(' ', history.Select(step => step.GetProperty("act").GetString())));
        Assert.Equal("two-officers", history[^1].GetProperty("takenBy").GetString());
        Assert.NotEqual(history[^1].GetProperty("proposedBy").GetString(), history[^1].GetProperty("approvedBy").GetString());
    }

    [Fact]
    public async Task Who_proposed_does_not_approve_and_of_two_approvers_the_second_is_told()
    {
        var both = await OfficerAsync(AccountRoles.AeoOfficer, AccountRoles.Approver);
        var address = await ProposeAsync(both, Suspend.Replace("AEOC", "AEOS"));
        await RefusedAsync(HttpStatusCode.Conflict, "aeo_four_eyes", await host.SendAsync(HttpMethod.Post, $"{address}/approve", both, ""));
        await RefusedAsync(HttpStatusCode.Conflict, "aeo_four_eyes", await host.SendAsync(HttpMethod.Post, $"{address}/turn-down", both, """{"reason":"No."}"""));
        await RefusedAsync(HttpStatusCode.Conflict, "aeo_proposal_open", await host.SendAsync(HttpMethod.Post, $"{Holder}/proposals", both, Suspend.Replace("AEOC", "AEOS")));

        Assert.Equal("turned-down", (await OkAsync($"{address}/turn-down", """{"reason":"Not proven."}""", await OfficerAsync(AccountRoles.Approver))).GetProperty("state").GetString());
        var problem = await RefusedAsync(HttpStatusCode.Conflict, "aeo_proposal_settled", await host.SendAsync(HttpMethod.Post, $"{address}/approve", await OfficerAsync(AccountRoles.Approver), ""));
        Assert.Contains("turned down by another officer", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspension_takes_the_credential_with_it_and_its_lifting_gives_it_back()
    {
        const string Maker = "/api/v1/operators/DE000000000000001/aeo";
        var (officer, approver) = (await OfficerAsync(AccountRoles.AeoOfficer), await OfficerAsync(AccountRoles.Approver));
        var component = (await OkAsync(Maker, null, officer)).GetProperty("components").EnumerateArray().First(each => each.GetProperty("status").GetString() == "granted").GetProperty("component").GetString()!;
        using var issued = await host.SendAsync(HttpMethod.Post, "/api/v1/credentials", officer, """{"tin":"DE000000000000001","type":"AeoStatus"}""");
        Assert.Equal(HttpStatusCode.Created, issued.StatusCode);
        var credential = $"/api/v1/credentials/{(await ServerFixture.JsonAsync(issued)).GetProperty("id").GetString()}";
        await DecideAsync("suspend", "\"ground\":\"holder-request\",");
        Assert.Equal(("suspended", 0), (await StatusAsync(), await ValidAsync()));
        await RefusedAsync(HttpStatusCode.Conflict, "credential_held", await host.SendAsync(HttpMethod.Post, $"{credential}/status", officer, """{"status":"valid","ground":"No reason"}"""));

        await DecideAsync("lift", "");
        Assert.Equal(("valid", 1), (await StatusAsync(), await ValidAsync()));

        async Task DecideAsync(string act, string ground)
        {
            using var proposed = await host.SendAsync(HttpMethod.Post, $"{Maker}/proposals", officer, $$"""{"component":"{{component}}","act":"{{act}}",{{ground}}"legalGround":"Article 30"}""");
            await OkAsync($"{proposed.Headers.Location!.OriginalString}/approve", "", approver);
        }

        async Task<string?> StatusAsync() => (await OkAsync(credential, null, officer)).GetProperty("status").GetProperty("value").GetString();

        async Task<int> ValidAsync() => (await OkAsync(Maker, null, officer)).GetProperty("credentials").GetProperty("valid").GetInt32();
    }

    [Fact]
    public async Task Who_is_no_officer_any_more_approves_nothing_with_a_token_of_before()
    {
        var address = await ProposeAsync(await OfficerAsync(AccountRoles.AeoOfficer), Suspend);
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, AccountRoles.Approver);
        var token = await TokenAsync(account);
        await host.AppointAsync(account);
        await RefusedAsync(HttpStatusCode.Forbidden, "aeo_officer_required", await host.SendAsync(HttpMethod.Post, $"{address}/approve", token, ""));
        await OkAsync($"{address}/turn-down", """{"reason":"Not proven."}""", await OfficerAsync(AccountRoles.Approver));
    }

    [Fact]
    public async Task An_officer_who_acts_for_the_operator_decides_nothing_of_it()
    {
        var account = await host.RegisterAsync(PersonHost.Tin);
        await host.AppointAsync(account, AccountRoles.AeoOfficer, AccountRoles.Approver);
        var own = await TokenAsync(account);
        await RefusedAsync(HttpStatusCode.Forbidden, "aeo_own_operator", await host.SendAsync(HttpMethod.Post, $"{Holder}/proposals", own, Suspend));
        await RefusedAsync(HttpStatusCode.Forbidden, "aeo_own_operator", await host.SendAsync(HttpMethod.Post, $"{Holder}/acts", own, """{"component":"AEOC","act":"expire","legalGround":"x"}"""));
        var address = await ProposeAsync(await OfficerAsync(AccountRoles.AeoOfficer), Suspend);
        await RefusedAsync(HttpStatusCode.Forbidden, "aeo_own_operator", await host.SendAsync(HttpMethod.Post, $"{address}/approve", own, ""));
        await RefusedAsync(HttpStatusCode.Forbidden, "aeo_own_operator", await host.SendAsync(HttpMethod.Post, $"{address}/turn-down", own, """{"reason":"No."}"""));
        await OkAsync($"{address}/turn-down", """{"reason":"Not proven."}""", await OfficerAsync(AccountRoles.Approver));
    }

    [Fact]
    public async Task What_is_not_as_documented_is_refused()
    {
        var officer = await OfficerAsync(AccountRoles.AeoOfficer, AccountRoles.Approver);
        (string Path, string Body, HttpStatusCode Status, string Code)[] refused =
        [
            ($"{Holder}/acts", """{"component":"AEOC","act":"explode","legalGround":"x"}""", HttpStatusCode.UnprocessableEntity, "aeo_act_unknown"),
            ($"{Holder}/acts", """{"component":"AEOC","act":"Expire","legalGround":"x"}""", HttpStatusCode.UnprocessableEntity, "aeo_act_unknown"),
            ($"{Holder}/acts", """{"component":"AEOC","act":"amend","legalGround":"x"}""", HttpStatusCode.Conflict, "aeo_transition_not_allowed"),
            ($"{Holder}/acts", """{"component":"AEOC","act":"accept","legalGround":"x"}""", HttpStatusCode.Conflict, "aeo_transition_not_allowed"),
            ($"{Holder}/acts", """{"component":"AEOF","act":"expire","legalGround":"x"}""", HttpStatusCode.UnprocessableEntity, "aeo_component_unknown"),
            ($"{Holder}/acts", """{"component":"AEOC","act":"expire","legalGround":" "}""", HttpStatusCode.UnprocessableEntity, "aeo_decision_invalid"),
            ($"{Holder}/acts", """{"component":"AEOC","act":"expire","legalGround":"x","effectiveFrom":"2999-01-01"}""", HttpStatusCode.UnprocessableEntity, "aeo_date_in_future"),
            ($"{Holder}/acts", """{"component":"AEOC","act":"expire","legalGround":"x","effectiveFrom":"1999-01-01"}""", HttpStatusCode.UnprocessableEntity, "aeo_dates_out_of_order"),
            ($"{Holder}/acts", """{"component":"AEOC","act":"expire","legalGround":"x","effectiveFrom":"yesterday"}""", HttpStatusCode.BadRequest, "body_invalid"),
            ($"{Holder}/acts", """{"component":"AEOC","act":"expire","legalGround":"x","approvedBy":"me"}""", HttpStatusCode.BadRequest, "body_invalid"),
            ($"{Holder}/acts", """{"component":"AEOC","act":"expire","act":"revoke","legalGround":"x"}""", HttpStatusCode.BadRequest, "body_invalid"),
            ($"{Holder}/proposals", """{"component":"AEOC","act":"expire","legalGround":"x"}""", HttpStatusCode.Conflict, "aeo_proposal_not_needed"),
            ($"{Holder}/proposals", """{"component":"AEOC","act":"suspend","ground":"anger","legalGround":"x"}""", HttpStatusCode.UnprocessableEntity, "aeo_ground_invalid"),
            ($"{Holder}/proposals/0/approve", "", HttpStatusCode.NotFound, "aeo_proposal_unknown"),
            ($"{Holder}/proposals/{new string('0', 32)}/turn-down", """{"reason":"x"}""", HttpStatusCode.NotFound, "aeo_proposal_unknown"),
            ("/api/v1/operators/nl/aeo/acts", """{"component":"AEOC","act":"expire","legalGround":"x"}""", HttpStatusCode.BadRequest, "tin_malformed"),
            ("/api/v1/operators/NL000000404/aeo/acts", """{"component":"AEOC","act":"expire","legalGround":"x"}""", HttpStatusCode.NotFound, "operator_unknown"),
        ];
        foreach (var (path, body, status, code) in refused)
        {
            await RefusedAsync(status, code, await host.SendAsync(HttpMethod.Post, path, officer, body));
        }

        await RefusedAsync(HttpStatusCode.BadRequest, "limit_invalid", await host.SendAsync(HttpMethod.Get, "/api/v1/aeo/proposals?limit=201", officer));
        await RefusedAsync(HttpStatusCode.BadRequest, "cursor_invalid", await host.SendAsync(HttpMethod.Get, "/api/v1/aeo/proposals?cursor=1", officer));
        await RefusedAsync(HttpStatusCode.NotFound, "operator_unknown", await host.SendAsync(HttpMethod.Get, "/api/v1/operators/NL000000404/aeo", officer));
    }

    private async Task<string> ProposeAsync(string token, string body)
    {
        using var response = await host.SendAsync(HttpMethod.Post, $"{Holder}/proposals", token, body);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return response.Headers.Location!.OriginalString;
    }

    private async Task<JsonElement> ComponentAsync(string path, string component, string token) =>
        (await OkAsync(path, null, token)).GetProperty("components").EnumerateArray().Single(each => each.GetProperty("component").GetString() == component);

    private async Task<string> OfficerAsync(params string[] roles)
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, roles);
        return await TokenAsync(account);
    }

    private Task<string> TokenAsync(string account) => host.AccessTokenAsync(account, "aeo.decide operators.read credentials.issue credentials.revoke");

    private async Task<JsonElement> OkAsync(string path, string? body, string token)
    {
        using var response = await host.SendAsync(body is null ? HttpMethod.Get : HttpMethod.Post, path, token, body);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return await ServerFixture.JsonAsync(response);
    }

    private static async Task<JsonElement> RefusedAsync(HttpStatusCode status, string code, HttpResponseMessage response)
    {
        using (response)
        {
            return await ProblemAssert.IsAsync(status, code, response);
        }
    }
}
