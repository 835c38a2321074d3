using System.Data.Common;
using CsCheck;
using Dapper;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Tests.Operators;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Aeo;

public sealed class ChangeAeoStatusOnSqliteTests(SqliteLedger ledger) : ChangeAeoStatusTests(ledger), IClassFixture<SqliteLedger>;

public sealed class ChangeAeoStatusOnPostgreSqlTests(PostgreSqlLedger ledger) : ChangeAeoStatusTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class ChangeAeoStatusTests(LedgerFixture ledger)
{
    private static readonly DateOnly Day = new(2025, 1, 1);

    private static readonly string[] Statuses = ["granted", "suspended", "revoked", "expired"];

    private static readonly AeoAct[] ToGrant = [AeoAct.Open, AeoAct.Submit, AeoAct.Accept, AeoAct.VerifyIdentity, AeoAct.AssessRisk, AeoAct.Grant];

    [Fact]
    public async Task An_application_is_carried_to_its_grant_and_every_step_is_in_the_history()
    {
        var register = await WithOperatorAsync();
        foreach (var act in ToGrant)
        {
            if (act == AeoAct.Grant)
            {
                Assert.Equal("aeo_visit_required", (await register.DecideAsync(Decision(act))).Refusal?.Code);
                TestAuthority.Value(await register.ReportVisitAsync("NL1", "AEOC"));
            }

            Done(await register.DecideAsync(Decision(act)));
        }

        var held = Assert.Single((await register.FindAsync("NL1"))!.Aeo);
        Assert.Equal((AeoStatus.Granted, "NLAEOC1", Day, 6), (held.Status, held.AuthorisationNumber, held.GrantedFrom, held.Step));
        var history = await register.HistoryAsync("NL1");
        Assert.Equal(ToGrant, history.Select(step => step.Act));
        Assert.Equal(history.Select(step => (AeoStatus?)step.Component.Status).Prepend(null).SkipLast(1), history.Select(step => step.From));
        Assert.All(history, step => Assert.Equal(("anna", "Article 38 UCC", Register.Now), (step.ProposedBy, step.LegalGround, step.RecordedAt)));
        Assert.Equal([.. Enumerable.Repeat((AeoDecider.Officer, "anna"), 5), (AeoDecider.TwoOfficers, "bert")], history.Select(step => (step.TakenBy, step.ApprovedBy)));
        Assert.Equal(held, history[^1].Component);
    }

    [Fact]
    public async Task Incomplete_and_impossible_decisions_are_refused_and_leave_nothing()
    {
        var register = await WithGrantAsync();
        (AeoDecision Decision, string Code)[] refused =
        [
            (Decision(AeoAct.Suspend) with { SuspensionGround = null }, "aeo_decision_invalid"),
            (Decision(AeoAct.Revoke) with { SuspensionGround = SuspensionGround.Suspected }, "aeo_decision_invalid"),
            (Decision(AeoAct.Revoke) with { AuthorisationNumber = "X" }, "aeo_decision_invalid"),
            (Decision(AeoAct.Revoke) with { LegalGround = " " }, "aeo_decision_invalid"),
            (Decision(AeoAct.Revoke) with { EffectiveFrom = new(2026, 3, 3) }, "aeo_date_in_future"),
            (Decision(AeoAct.Grant) with { AuthorisationNumber = null }, "aeo_decision_invalid"),
            (Decision(AeoAct.Grant), "aeo_transition_not_allowed"),
            (Decision(AeoAct.Lift), "aeo_transition_not_allowed"),
            (Decision(AeoAct.TakeOver), "aeo_transition_not_allowed"),
            (Decision(AeoAct.Amend), "aeo_transition_not_allowed"),
            (Decision(AeoAct.Revoke) with { EffectiveFrom = Day.AddDays(-1) }, "aeo_dates_out_of_order"),
            (Decision(AeoAct.Revoke) with { Component = "AEOF" }, "aeo_component_unknown"),
            (Decision(AeoAct.Revoke) with { Tin = Tin.Parse("NL2") }, "operator_unknown"),
        ];
        foreach (var (decision, code) in refused)
        {
            Assert.Equal(code, (await register.DecideAsync(decision)).Refusal?.Code);
        }

        Assert.Single(await register.HistoryAsync("NL1"));
    }

    [Fact]
    public async Task One_component_is_revoked_and_the_other_stays()
    {
        var register = await WithGrantAsync("""{"component":"AEOS","status":"granted","effectiveFrom":"2025-01-01"}""");

        Done(await register.DecideAsync(Decision(AeoAct.Revoke)));

        Assert.Equal([("AEOC", AeoStatus.Revoked), ("AEOS", AeoStatus.Granted)], (await register.FindAsync("NL1"))!.Aeo.Select(each => (each.Component, each.Status)));
    }

    [Fact]
    public async Task An_import_moves_components_on_the_same_ways_and_silence_changes_none()
    {
        var register = await WithGrantAsync();
        string[] imports =
        [
            Import("suspended", "2025-02-01"), Import("suspended", "2025-02-01"), Import("granted", "2025-03-01"), Import(null, null),
            Import("granted", "2025-02-01"), Import("revoked", "2025-01-15"), Import("revoked", "2025-04-01"), Import("granted", "2026-04-01"),
        ];

        var results = await register.ImportAsync(imports);

        Assert.Equal(
            ["Updated", "Unchanged", "Updated", "Unchanged", "Updated", "aeo_dates_out_of_order", "Updated", "aeo_barred"],
            results.Select(result => result.Code ?? result.Outcome.ToString()));
        Assert.Equal(
            [AeoAct.TakeOver, AeoAct.Suspend, AeoAct.Lift, AeoAct.Amend, AeoAct.Revoke],
            (await register.HistoryAsync("NL1")).Select(step => step.Act));
        Assert.All(await register.HistoryAsync("NL1"), step => Assert.Equal(("importer", "Register"), (step.ApprovedBy, step.Source)));
    }

    [Fact]
    public async Task The_history_cannot_be_changed_in_the_database()
    {
        var database = await ledger.NewAsync();
        await new Register(database).ImportAsync(Import("granted", "2025-01-01"));
        foreach (var sql in new[] { "UPDATE aeo_history SET approved_by = 'x'", "DELETE FROM aeo_history" })
        {
            var thrown = await Assert.ThrowsAnyAsync<DbException>(() => database.WriteAsync(tx => tx.ExecuteAsync(sql), TestContext.Current.CancellationToken));
            Assert.Contains("append-only", thrown.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM aeo_history"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_random_walk_of_decisions_and_imports_leaves_a_history_that_explains_the_state()
    {
        var database = await ledger.NewAsync();
        var register = new Register(database);
        var walks = 0;
        await Gen.Select(Gen.Enum<AeoAct>(), Gen.Int[0, 3].Select(i => Statuses[i]), Gen.Bool, Gen.Int[0, 500]).List[5, 25].SampleAsync(
            async walk =>
            {
                var tin = $"NL{Interlocked.Increment(ref walks)}";
                await register.ImportAsync(Import(null, null, tin));
                var (day, taken) = (Day, 0);
                foreach (var (act, status, isImport, days) in walk)
                {
                    day = day.AddDays(days);
                    taken += isImport
                        ? (await register.ImportAsync(Import(status, Text(day), tin)))[0].Outcome == ImportOutcome.Updated ? 1 : 0
                        : (await register.DecideAsync(Decision(act) with { Tin = Tin.Parse(tin), EffectiveFrom = day })).Refusal is null ? 1 : 0;
                }

                var history = await register.HistoryAsync(tin);
                Assert.Equal(taken, history.Count);
                Assert.Equal(Enumerable.Range(1, taken), history.Select(step => step.Component.Step));
                Assert.All(history, step => Assert.Contains(AeoLifecycle.Transitions, way => (way.Act, way.From, way.To) == (step.Act, step.From, step.Component.Status)));
                Assert.Equal(history.Select(step => (AeoStatus?)step.Component.Status).Prepend(null).Take(taken), history.Select(step => step.From));
                Assert.Equal(taken == 0 ? null : history[^1].Component, (await register.FindAsync(tin))!.Aeo.SingleOrDefault());
            },
            iter: 20,
            threads: 2);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<Register> WithOperatorAsync()
    {
        var register = new Register(await ledger.NewAsync());
        await register.ImportAsync(Import(null, null));
        return register;
    }

    private async Task<Register> WithGrantAsync(string more = "")
    {
        var register = new Register(await ledger.NewAsync());
        var document = Import("granted", "2025-01-01");
        var result = Assert.Single(await register.ImportAsync(more.Length == 0 ? document : document.Replace("}],", $"}},{more}],")));
        Assert.Null(result.Code);
        return register;
    }

    private static string Import(string? status, string? from, string tin = "NL1")
    {
        var aeo = status is null ? "" : $$"""{"component":"AEOC","status":"{{status}}","effectiveFrom":"{{from}}"}""";
        return $$"""{"tin":"{{tin}}","legalName":"Example","jurisdiction":"NL","aeo":[{{aeo}}],"evidence":{"source":"Register"} }""";
    }

    private static AeoDecision Decision(AeoAct act) => new()
    {
        Tin = Tin.Parse("NL1"),
        Component = "AEOC",
        Act = act,
        SuspensionGround = act == AeoAct.Suspend ? SuspensionGround.Suspected : null,
        AuthorisationNumber = act == AeoAct.Grant ? "NLAEOC1" : null,
        DecidedOn = Day,
        EffectiveFrom = Day,
        LegalGround = "Article 38 UCC",
    };

    private static void Done(Outcome<AeoComponent> outcome) => Assert.Null(outcome.Refusal);
}
