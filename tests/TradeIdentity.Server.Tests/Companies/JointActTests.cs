using System.Net;
using System.Text.Json;
using TradeIdentity.Server.Tests.Api;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Companies;

public sealed class JointActOnSqliteTests(PersonHost host) : JointActTests(host), IClassFixture<PersonHost>;

public sealed class JointActOnPostgreSqlTests(PostgreSqlPersonHost host) : JointActTests(host), IClassFixture<PostgreSqlPersonHost>;

/// <summary>What binds a company takes two of those who sign jointly, over the API.</summary>
public abstract class JointActTests(PersonHost host)
{
    private const string Joint = """{"powers":["aeo","mandates"],"signature":"joint"}""";
    private const string Scopes = "entities.own aeo.apply mandates.write";

    private readonly Company _company = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mandate_of_one_who_signs_jointly_waits_for_another_and_never_for_the_same()
    {
        var (tin, first, second) = await TwoAsync();
        var offer = $$"""{"grantor":"{{tin}}","representative":{"tin":"{{PersonHost.OtherTin}}"},"kind":"direct","validUntil":"2029-01-01T00:00:00Z"}""";
        Assert.Equal("joint_signature_required", await _company.CodeAsync(first, "/mandates", offer));
        var proposed = await _company.DoAsync(first, "/company/joint-acts", "{\"mandate\":" + offer + "}", HttpStatusCode.Created);
        Assert.Equal(0, await MandatesAsync(tin));
        Assert.Equal("joint_act_own", await _company.CodeAsync(first, $"/company/joint-acts/{Id(proposed)}/sign"));
        var signed = await _company.DoAsync(second, $"/company/joint-acts/{Id(proposed)}/sign");
        Assert.Equal("signed", signed.GetProperty("state").GetString());
        // Nobody signs what they do not see.
        Assert.Equal(("direct", PersonHost.OtherTin), (
            signed.GetProperty("mandate").GetProperty("kind").GetString(), signed.GetProperty("mandate").GetProperty("representative").GetProperty("tin").GetString()));
        Assert.Equal(1, await MandatesAsync(tin));
        Assert.Equal("joint_act_settled", await _company.CodeAsync(second, $"/company/joint-acts/{Id(proposed)}/sign"));
    }

    [Fact]
    public async Task Of_two_who_sign_at_once_one_does_it()
    {
        var (tin, first, second) = await TwoAsync();
        var third = await _company.MemberAsync(await _company.JoinAsync(await FounderAsync(tin), Joint), tin, Scopes);
        var id = Id(await ProposeMandateAsync(first, tin));
        var answers = await Task.WhenAll(_company.PostAsync(second, $"/company/joint-acts/{id}/sign"), _company.PostAsync(third, $"/company/joint-acts/{id}/sign"));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        Assert.Equal(1, await MandatesAsync(tin));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task An_application_is_submitted_by_two_and_the_history_names_both()
    {
        var (tin, first, second) = await TwoAsync();
        await _company.DoAsync(first, $"/operators/{tin}/aeo/holder/acts", """{"component":"AEOC","act":"open","reason":"We export."}""");
        await _company.DoAsync(first, $"/operators/{tin}/aeo/holder/answers", await Applications.AnswersAsync(host, tin, first, "AEOC", "EU-AEO"));
        Assert.Equal("joint_signature_required", await _company.CodeAsync(first, $"/operators/{tin}/aeo/holder/acts", """{"component":"AEOC","act":"submit","reason":"All is true."}"""));
        var proposed = await _company.DoAsync(first, "/company/joint-acts", """{"aeo":{"component":"AEOC","act":"submit","reason":"All is true."}}""", HttpStatusCode.Created);
        await _company.DoAsync(second, $"/company/joint-acts/{Id(proposed)}/sign");
        var life = await _company.ReadAsync(first, $"/operators/{tin}/aeo/holder");
        Assert.Equal("submitted", Assert.Single(life.GetProperty("components").EnumerateArray()).GetProperty("status").GetString());
        var by = await host.Database.ReadAsync(
            async connection => await Dapper.SqlMapper.QuerySingleAsync<(string Proposed, string Approved)>(connection, "SELECT proposed_by, approved_by FROM aeo_history WHERE tin = @tin AND act = 'submit'", new { tin }), Cancellation);
        Assert.NotEqual(by.Proposed, by.Approved);
    }

    [Fact]
    public async Task What_is_declined_withdrawn_or_too_old_does_not_take_effect()
    {
        var (tin, first, second) = await TwoAsync();
        var declined = Id(await ProposeMandateAsync(first, tin));
        Assert.Equal("joint_act_reason_invalid", await _company.CodeAsync(second, $"/company/joint-acts/{declined}/decline", """{"reason":" "}"""));
        await _company.DoAsync(second, $"/company/joint-acts/{declined}/decline", """{"reason":"Not agreed."}""");
        var withdrawn = Id(await ProposeMandateAsync(first, tin));
        Assert.Equal("joint_act_not_yours", await _company.CodeAsync(second, $"/company/joint-acts/{withdrawn}/withdraw"));
        await _company.DoAsync(first, $"/company/joint-acts/{withdrawn}/withdraw");
        var lapsed = Id(await ProposeMandateAsync(first, tin));
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE joint_acts SET expires_at = 1 WHERE id = @lapsed", new { lapsed }), Cancellation);
        foreach (var id in new[] { declined, withdrawn, lapsed })
        {
            Assert.Equal("joint_act_settled", await _company.CodeAsync(second, $"/company/joint-acts/{id}/sign"));
        }

        Assert.Equal(0, await MandatesAsync(tin));
    }

    [Fact]
    public async Task Only_members_with_the_power_sign_and_only_while_both_have_it()
    {
        var (tin, first, second) = await TwoAsync();
        var founder = await FounderAsync(tin);
        var powerless = await _company.MemberAsync(await _company.JoinAsync(founder, """{"powers":["company"]}"""), tin, Scopes);
        var (stranger, theirs) = await _company.FoundAsync();
        var id = Id(await ProposeMandateAsync(first, tin));
        Assert.Equal("joint_act_not_yours", await _company.CodeAsync(powerless, $"/company/joint-acts/{id}/sign"));
        Assert.Equal("joint_act_unknown", await _company.CodeAsync(await _company.MemberAsync(stranger, theirs), $"/company/joint-acts/{id}/sign"));
        Assert.Equal("joint_act_not_needed", await _company.CodeAsync(founder, "/company/joint-acts", Mandate(tin)));

        var proposer = (await _company.ReadAsync(founder, "/company/joint-acts")).GetProperty("items")[0].GetProperty("proposedBy").GetString();
        await _company.DoAsync(founder, $"/company/representatives/{proposer}/end");
        Assert.Equal("mandate_not_yours", await _company.CodeAsync(second, $"/company/joint-acts/{id}/sign"));
        Assert.Equal(0, await MandatesAsync(tin));
    }

    private static string Mandate(string tin) =>
        $$$"""{"mandate":{"grantor":"{{{tin}}}","representative":{"tin":"{{{PersonHost.OtherTin}}}"},"kind":"direct","validUntil":"2029-01-01T00:00:00Z"}}""";

    private Task<JsonElement> ProposeMandateAsync(string token, string tin) => _company.DoAsync(token, "/company/joint-acts", Mandate(tin), HttpStatusCode.Created);

    private async Task<(string Tin, string First, string Second)> TwoAsync()
    {
        var (founder, tin) = await _company.FoundAsync();
        var administrator = await _company.MemberAsync(founder, tin);
        var (first, second) = (await _company.JoinAsync(administrator, Joint), await _company.JoinAsync(administrator, Joint));
        return (tin, await _company.MemberAsync(first, tin, Scopes), await _company.MemberAsync(second, tin, Scopes));
    }

    private async Task<string> FounderAsync(string tin)
    {
        var account = await host.Database.ReadAsync(
            connection => Dapper.SqlMapper.QueryFirstAsync<string>(connection, "SELECT account_id FROM memberships WHERE tin = @tin AND roles LIKE 'administrator%'", new { tin }), Cancellation);
        return await _company.MemberAsync(account, tin);
    }

    private Task<long> MandatesAsync(string tin) => host.Database.ReadAsync(
        connection => Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, "SELECT COUNT(*) FROM mandates WHERE grantor_tin = @tin", new { tin }), Cancellation);

    private static string? Id(JsonElement act) => act.GetProperty("id").GetString();
}
