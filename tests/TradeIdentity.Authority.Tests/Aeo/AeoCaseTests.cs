using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Operators;
using TradeIdentity.Authority.Tests.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Tests.Aeo;

public sealed class AeoCaseOnSqliteTests(SqliteLedger ledger) : AeoCaseTests(ledger), IClassFixture<SqliteLedger>;

public sealed class AeoCaseOnPostgreSqlTests(PostgreSqlLedger ledger) : AeoCaseTests(ledger), IClassFixture<PostgreSqlLedger>;

/// <summary>What officers do beside the decisions: they ask, visit, foresee what follows, and take back what they proposed.</summary>
public abstract class AeoCaseTests(LedgerFixture ledger)
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Register.Now.UtcDateTime);
    private static readonly Tin Applicant = Tin.Parse("NL1");
    private static readonly AeoOfficer Anna = AeoOfficer.Person("anna", [AccountRoles.AeoOfficer]);
    private static readonly AeoOfficer Bert = AeoOfficer.Person("bert", [AccountRoles.Approver]);

    [Fact]
    public async Task A_question_prolongs_the_clock_by_the_time_given_and_the_work_list_shows_how_it_stands()
    {
        var database = await WithApplicationAsync(AeoAct.Accept);
        var before = await ComponentAsync(database);
        var request = TestAuthority.Value(await AskAsync(database, "Balance sheets?\r\nOf three years.", Today.AddDays(20)));
        Assert.Equal(("Balance sheets?\nOf three years.", AeoRequestState.Open), (request.Question, request.State));
        var after = await ComponentAsync(database);
        Assert.Equal((before.Status, before.EffectiveFrom, before.DueOn!.Value.AddDays(20), before.Step + 1), (after.Status, after.EffectiveFrom, after.DueOn!.Value, after.Step));
        Assert.Equal((Today.AddDays(20), null), await InListAsync(database));
        Assert.Equal("aeo_request_open", (await AskAsync(database, "And?", Today.AddDays(1))).Refusal?.Code);

        var account = await HolderAsync(database);
        Assert.Equal("aeo_holder_required", (await AnswerAsync(database, request.Id, "Here.", "somebody")).Refusal?.Code);
        Assert.Equal("aeo_answer_invalid", (await AnswerAsync(database, request.Id, " ", account)).Refusal?.Code);
        Assert.Equal("aeo_answer_invalid", (await AnswerAsync(database, request.Id, "a\0b", account)).Refusal?.Code);
        Assert.Equal("aeo_answer_invalid", (await AnswerAsync(database, request.Id, new string('x', AnswerAeoRequest.MaxAnswer + 1), account)).Refusal?.Code);
        Assert.Equal("aeo_request_unknown", (await AnswerAsync(database, new string('0', 32), "Here.", account)).Refusal?.Code);
        var answered = TestAuthority.Value(await AnswerAsync(database, request.Id, "Here.", account));
        Assert.Equal(answered, TestAuthority.Value(await new AeoRequests(database).FindAsync(Applicant, request.Id, Cancelled)));
        Assert.Equal((null, Today), await InListAsync(database));
        Assert.Equal("aeo_request_settled", (await AnswerAsync(database, request.Id, "Again.", account)).Refusal?.Code);
        Assert.Equal(["aeo-ask-information", "aeo-request-answered"], (await ActsAsync(database)).TakeLast(2));

        await DecideAsync(database, AeoAct.VerifyIdentity);
        Assert.Equal((null, null), await InListAsync(database));
    }

    [Fact]
    public async Task A_question_has_a_day_that_the_programme_allows_and_is_closed_by_the_decision()
    {
        var database = await WithApplicationAsync();
        foreach (var day in new[] { Today, Today.AddDays(-1), Today.AddDays(31) })
        {
            Assert.Equal("aeo_answer_day_invalid", (await AskAsync(database, "Why?", day)).Refusal?.Code);
        }

        Assert.Equal("aeo_question_invalid", (await AskAsync(database, " ", Today.AddDays(3))).Refusal?.Code);
        Assert.Equal("aeo_officer_required", (await AskAsync(database, "Why?", Today.AddDays(3), Bert)).Refusal?.Code);
        Assert.Equal(
            "aeo_decision_invalid",
            (await new ChangeAeoStatus(database, Register.Clock, ProgrammeCatalogue.Embedded).ExecuteAsync(Decision(AeoAct.AskInformation), Anna, Cancelled)).Refusal?.Code);
        var request = TestAuthority.Value(await AskAsync(database, "Why?", Today.AddDays(30)));
        await DecideAsync(database, AeoAct.Reject);
        Assert.Equal("aeo_request_settled", (await AnswerAsync(database, request.Id, "Because.", await HolderAsync(database))).Refusal?.Code);
        Assert.Equal(AeoRequestState.Closed, Assert.Single(await new AeoRequests(database).OfOperatorAsync(Applicant, Cancelled)).State);
        Assert.Equal("aeo_transition_not_allowed", (await AskAsync(database, "Why?", Today.AddDays(3))).Refusal?.Code);
    }

    [Fact]
    public async Task A_visit_has_a_finding_of_each_criterion_and_is_for_the_application_that_runs()
    {
        var database = await WithApplicationAsync();
        var whole = Register.Visit(Applicant, "AEOC");
        AeoVisit[] wrong =
        [
            whole with { Findings = [] },
            whole with { Findings = [.. whole.Findings.Reverse()] },
            whole with { Findings = [.. whole.Findings, whole.Findings[0]] },
            whole with { Findings = [.. whole.Findings.Select(finding => finding with { Text = "" })] },
            whole with { VisitedOn = Today.AddDays(1) },
            whole with { Place = " " },
            whole with { Visitors = new string('x', RecordAeoVisit.MaxVisitors + 1) },
            whole with { Conclusion = "a\u0007" },
        ];
        foreach (var report in wrong)
        {
            Assert.Equal("aeo_visit_invalid", (await RecordAsync(database, report)).Refusal?.Code);
        }

        Assert.Equal("aeo_component_unknown", (await RecordAsync(database, whole with { Component = "AEOX" })).Refusal?.Code);
        Assert.Equal("aeo_visit_not_due", (await RecordAsync(database, Register.Visit(Applicant, "AEOS"))).Refusal?.Code);
        var visit = TestAuthority.Value(await RecordAsync(database, whole));
        var stored = Assert.Single(await new AeoVisits(database).OfOperatorAsync(Applicant, Cancelled));
        Assert.Equal(visit.Findings, stored.Findings);
        Assert.Equal(visit, stored with { Findings = visit.Findings });
        Assert.Equal("aeo-visit-recorded", (await ActsAsync(database))[^1]);

        // Of the application before, which was rejected: the next one is visited anew.
        await DecideAsync(database, AeoAct.Reject);
        foreach (var act in new[] { AeoAct.Open, AeoAct.Submit, AeoAct.Accept, AeoAct.VerifyIdentity, AeoAct.AssessRisk })
        {
            await DecideAsync(database, act);
        }

        var change = new ChangeAeoStatus(database, Register.Clock, ProgrammeCatalogue.Embedded);
        var propose = new ProposeAeoDecision(database, Register.Clock, change);
        var grant = Decision(AeoAct.Grant) with { AuthorisationNumber = "NLAEOC1" };
        Assert.Equal("aeo_visit_required", (await propose.ExecuteAsync(grant, Anna, Cancelled)).Refusal?.Code);
        TestAuthority.Value(await RecordAsync(database, whole));
        var proposal = TestAuthority.Value(await propose.ExecuteAsync(grant, Anna, Cancelled));

        var withdraw = new WithdrawAeoProposal(database, Register.Clock);
        Assert.Equal("aeo_officer_required", (await withdraw.ExecuteAsync(Applicant, proposal.Id, Bert, Cancelled)).Refusal?.Code);
        Assert.Equal("aeo_proposal_not_yours", (await withdraw.ExecuteAsync(Applicant, proposal.Id, AeoOfficer.Person("cleo", [AccountRoles.AeoOfficer]), Cancelled)).Refusal?.Code);
        Assert.Equal(AeoProposalState.Withdrawn, TestAuthority.Value(await withdraw.ExecuteAsync(Applicant, proposal.Id, Anna, Cancelled)).State);
        Assert.Equal("aeo_proposal_settled", (await withdraw.ExecuteAsync(Applicant, proposal.Id, Anna, Cancelled)).Refusal?.Code);
        Assert.Equal("aeo_proposal_settled", (await new ApproveAeoProposal(database, Register.Clock, change).ExecuteAsync(Applicant, proposal.Id, Bert, Cancelled)).Refusal?.Code);
        Assert.Equal("aeo-proposal-withdrawn", (await ActsAsync(database))[^1]);
        Assert.Null((await propose.ExecuteAsync(grant, Anna, Cancelled)).Refusal);
    }

    [Fact]
    public async Task What_is_foreseen_is_what_follows_and_nothing_is_stored()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var (one, other) = (await authority.IssueOneAsync(), await authority.IssueOneAsync());
        TestAuthority.Value(await authority.ChangeStatus.ExecuteAsync(other.Id, StatusValue.Suspended, "Lost", "cleo", Cancelled));
        var change = new ChangeAeoStatus(authority.Database, authority.Time, ProgrammeCatalogue.Embedded);
        var foresee = new ForeseeAeoDecision(authority.Database, authority.Time, change);
        var suspend = Decision(AeoAct.Suspend) with { Tin = Tin.Parse(TestAuthority.Tin), SuspensionGround = SuspensionGround.Suspected, EffectiveFrom = new DateOnly(2026, 3, 1) };
        var lift = suspend with { Act = AeoAct.Lift, SuspensionGround = null };
        Assert.Equal("aeo_officer_required", (await foresee.ExecuteAsync(suspend, AeoOfficer.Person("dora", []), Cancelled)).Refusal?.Code);
        Assert.Equal("aeo_transition_not_allowed", (await foresee.ExecuteAsync(lift, Anna, Cancelled)).Refusal?.Code);

        var acts = await ActsAsync(authority.Database);
        Assert.Equal([(one.Id.ToString(), StatusValue.Valid, StatusValue.Suspended)], await ForeseenAsync(suspend));
        Assert.Equal(
            new[] { (one.Id.ToString(), StatusValue.Valid, StatusValue.Revoked), (other.Id.ToString(), StatusValue.Suspended, StatusValue.Revoked) }.Order(),
            (await ForeseenAsync(suspend with { Act = AeoAct.Revoke, SuspensionGround = null })).Order());
        Assert.Equal(acts, await ActsAsync(authority.Database));

        var signatures = new AeoSignatures(AeoDecider.TwoOfficers, "anna", "bert");
        TestAuthority.Value(await change.ExecuteAsync(suspend, signatures, Cancelled));
        Assert.Equal([(one.Id.ToString(), StatusValue.Suspended, StatusValue.Valid)], await ForeseenAsync(lift));
        TestAuthority.Value(await change.ExecuteAsync(lift, signatures, Cancelled));
        Assert.Equal([(one.Id.ToString(), StatusValue.Valid, StatusValue.Suspended)], await ForeseenAsync(suspend));

        async Task<IEnumerable<(string, StatusValue, StatusValue)>> ForeseenAsync(AeoDecision decision) =>
            TestAuthority.Value(await foresee.ExecuteAsync(decision, Bert, Cancelled)).Credentials.Select(each => (each.Id, each.From, each.To));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static AeoDecision Decision(AeoAct act) => new() { Tin = Applicant, Component = "AEOC", Act = act, EffectiveFrom = Today, LegalGround = "Article 38 UCC" };

    private async Task<Database> WithApplicationAsync(params AeoAct[] further)
    {
        var database = await ledger.NewAsync();
        await new Register(database).ImportAsync("""{"tin":"NL1","legalName":"Example","jurisdiction":"NL","evidence":{"source":"Register"} }""");
        foreach (var act in new[] { AeoAct.Open, AeoAct.Submit }.Concat(further))
        {
            await DecideAsync(database, act);
        }

        return database;
    }

    private static async Task DecideAsync(Database database, AeoAct act) => TestAuthority.Value(await new Register(database).DecideAsync(Decision(act)));

    private static async Task<AeoComponent> ComponentAsync(Database database) => Assert.Single((await new Register(database).FindAsync("NL1"))!.Aeo);

    private static Task<Outcome<AeoRequest>> AskAsync(Database database, string question, DateOnly dueOn, AeoOfficer? officer = null) =>
        new AskForInformation(database, Register.Clock, new ChangeAeoStatus(database, Register.Clock, ProgrammeCatalogue.Embedded), ProgrammeCatalogue.Embedded)
            .ExecuteAsync(Applicant, null, "AEOC", question, dueOn, officer ?? Anna, Cancelled);

    private static Task<Outcome<AeoRequest>> AnswerAsync(Database database, string id, string answer, string account) =>
        new AnswerAeoRequest(database, Register.Clock).ExecuteAsync(Applicant, id, answer, account, Cancelled);

    private static Task<Outcome<AeoVisit>> RecordAsync(Database database, AeoVisit report) =>
        new RecordAeoVisit(database, Register.Clock, ProgrammeCatalogue.Embedded).ExecuteAsync(report, Anna, Cancelled);

    private static async Task<(DateOnly? AnswerBy, DateOnly? AnsweredOn)> InListAsync(Database database)
    {
        var page = TestAuthority.Value(await new AeoApplications(database, ProgrammeCatalogue.Embedded).ExecuteAsync(AeoApplicationFilter.None, null, null, Cancelled));
        var application = Assert.Single(page.Applications);
        return (application.AnswerBy, application.AnsweredOn);
    }

    private static Task<List<string>> ActsAsync(Database database) => database.ReadAsync(
        async connection => (await connection.QueryAsync<string>("SELECT act FROM audit_entries ORDER BY sequence")).AsList(), Cancelled);

    /// <summary>A person who acts for the applicant.</summary>
    private static Task<string> HolderAsync(Database database) => database.WriteAsync(
        async tx =>
        {
            var id = Account.NewId();
            await tx.ExecuteAsync(
                """
                INSERT INTO accounts (id, email, normalized_email, email_confirmed, given_name, family_name, language, roles,
                    security_stamp, concurrency_token, two_factor_enabled, is_demonstration, created_at)
                VALUES (@id, @id, @id, 1, 'Hugo', 'Example', 'en', '', 'stamp', 'token', 0, 0, 0)
                """,
                new { id });
            await tx.ExecuteAsync("INSERT INTO memberships (id, account_id, tin, roles, since) VALUES (@id, @id, @tin, 'representative', 0)", new { id, tin = Applicant.Value });
            return id;
        },
        Cancelled);
}
