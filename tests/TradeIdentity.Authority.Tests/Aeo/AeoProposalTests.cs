using CsCheck;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Tests.Operators;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Aeo;

public sealed class AeoProposalOnSqliteTests(SqliteLedger ledger) : AeoProposalTests(ledger), IClassFixture<SqliteLedger>;

public sealed class AeoProposalOnPostgreSqlTests(PostgreSqlLedger ledger) : AeoProposalTests(ledger), IClassFixture<PostgreSqlLedger>;

/// <summary>Four eyes over time: one officer proposes, another approves or turns down, of the state that it was proposed for.</summary>
public abstract class AeoProposalTests(LedgerFixture ledger)
{
    private static readonly DateOnly Day = new(2026, 2, 1);
    private static readonly Tin Holder = Tin.Parse("NL1");
    private static readonly AeoAct[] Often = [AeoAct.Suspend, AeoAct.Lift, AeoAct.Suspend, AeoAct.Lift, AeoAct.Revoke, AeoAct.Expire, AeoAct.Open, AeoAct.Submit];
    private static readonly AeoOfficer Anna = AeoOfficer.Person("anna", [AccountRoles.AeoOfficer]);
    private static readonly AeoOfficer Bert = AeoOfficer.Person("bert", [AccountRoles.Approver]);
    private static readonly AeoOfficer Cleo = AeoOfficer.Person("cleo", [AccountRoles.AeoOfficer, AccountRoles.Approver]);
    private static readonly AeoOfficer Machine = AeoOfficer.System("machine");

    [Fact]
    public async Task What_one_proposes_changes_nothing_until_another_approves_it()
    {
        var desk = await WithGrantAsync();
        var proposal = Value(await desk.ProposeAsync(Suspend(), Anna));
        Assert.Equal((AeoProposalState.Open, "anna", 1), (proposal.State, proposal.ProposedBy, proposal.Step));
        Assert.Equal(AeoStatus.Granted, await desk.StatusAsync());
        Assert.Equal(proposal, Assert.Single(await desk.WorkListAsync()));

        var suspended = Value(await desk.ApproveAsync(proposal.Id, Bert));
        Assert.Equal((AeoStatus.Suspended, SuspensionGround.NonCompliance, DateOnly.FromDateTime(Register.Now.UtcDateTime)), (suspended.Status, suspended.SuspensionGround, suspended.DecidedOn));
        var step = (await desk.Register.HistoryAsync("NL1"))[^1];
        Assert.Equal((AeoDecider.TwoOfficers, "anna", "bert", suspended), (step.TakenBy, step.ProposedBy, step.ApprovedBy, step.Component));
        Assert.Empty(await desk.WorkListAsync());
        Assert.Equal((AeoProposalState.Approved, "bert", Register.Now), await desk.EndAsync(proposal.Id));
        Assert.Equal(["operator-created", "aeo-proposed", "aeo-suspend"], await desk.ActsAsync());
    }

    [Fact]
    public async Task What_another_turns_down_leaves_the_component_and_says_why()
    {
        var desk = await WithGrantAsync();
        var proposal = Value(await desk.ProposeAsync(Suspend(), Anna));
        Assert.Equal("reason_invalid", (await desk.TurnDownAsync(proposal.Id, Bert, " ")).Refusal?.Code);

        var turnedDown = Value(await desk.TurnDownAsync(proposal.Id, Bert, "Paid on 1 March."));
        Assert.Equal((AeoProposalState.TurnedDown, "bert", "Paid on 1 March."), (turnedDown.State, turnedDown.SettledBy, turnedDown.Reason));
        Assert.Equal(turnedDown, Value(await desk.Proposals.FindAsync(Holder, proposal.Id, TestContext.Current.CancellationToken)));
        Assert.Equal("aeo_proposal_settled", (await desk.ApproveAsync(proposal.Id, Cleo)).Refusal?.Code);
        Assert.Equal(AeoStatus.Granted, await desk.StatusAsync());
        Assert.Null((await desk.ProposeAsync(Suspend(), Anna)).Refusal);
    }

    [Fact]
    public async Task Nobody_is_both_officers_and_a_system_is_neither()
    {
        var desk = await WithGrantAsync();
        Assert.Equal("aeo_officer_required", (await desk.ProposeAsync(Suspend(), Machine)).Refusal?.Code);
        Assert.Equal("aeo_officer_required", (await desk.ProposeAsync(Suspend(), Bert)).Refusal?.Code);
        var proposal = Value(await desk.ProposeAsync(Suspend(), Cleo));
        (AeoOfficer Officer, string Code)[] refused =
        [
            (Cleo, "aeo_four_eyes"),
            (AeoOfficer.Person("CLEO", [AccountRoles.Approver]), "aeo_four_eyes"),
            (Anna, "aeo_officer_required"),
            (Machine, "aeo_officer_required"),
            (AeoOfficer.Person("dora", []), "aeo_officer_required"),
        ];
        foreach (var (officer, code) in refused)
        {
            Assert.Equal(code, (await desk.ApproveAsync(proposal.Id, officer)).Refusal?.Code);
            Assert.Equal(code, (await desk.TurnDownAsync(proposal.Id, officer, "No.")).Refusal?.Code);
        }

        Assert.Equal(AeoStatus.Granted, await desk.StatusAsync());
        Assert.Equal((AeoProposalState.Open, null, null), await desk.EndAsync(proposal.Id));
        Assert.Null((await desk.ApproveAsync(proposal.Id, Bert)).Refusal);
    }

    [Theory]
    [InlineData(AeoAct.Suspend, "aeo_four_eyes")]
    [InlineData(AeoAct.Revoke, "aeo_four_eyes")]
    [InlineData(AeoAct.Lift, "aeo_transition_not_allowed")]
    [InlineData(AeoAct.Amend, "aeo_transition_not_allowed")]
    public async Task One_officer_alone_takes_no_act_of_two(AeoAct act, string code)
    {
        var desk = await WithGrantAsync();
        var decision = Suspend() with { Act = act, SuspensionGround = act == AeoAct.Suspend ? SuspensionGround.Suspected : null };
        foreach (var officer in new[] { Anna, Cleo, Machine })
        {
            Assert.Equal(code, (await desk.Change.ExecuteAsync(decision, officer, TestContext.Current.CancellationToken)).Refusal?.Code);
        }
    }

    [Fact]
    public async Task What_takes_one_officer_is_not_proposed_and_what_is_impossible_neither()
    {
        var desk = await WithGrantAsync();
        Assert.Equal("aeo_proposal_not_needed", (await desk.ProposeAsync(Relinquish(), Anna)).Refusal?.Code);
        Assert.Equal("aeo_transition_not_allowed", (await desk.ProposeAsync(Suspend() with { Act = AeoAct.Lift, SuspensionGround = null }, Anna)).Refusal?.Code);
        Assert.Equal("aeo_decision_invalid", (await desk.ProposeAsync(Suspend() with { SuspensionGround = null }, Anna)).Refusal?.Code);
        Assert.Equal("operator_unknown", (await desk.ProposeAsync(Suspend() with { Tin = Tin.Parse("NL2") }, Anna)).Refusal?.Code);
        Assert.Empty(await desk.WorkListAsync());
        Assert.Equal("aeo_officer_required", (await desk.Change.ExecuteAsync(Relinquish(), Bert, TestContext.Current.CancellationToken)).Refusal?.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_component_moved_on_the_proposal_is_overtaken(bool byImport)
    {
        var desk = await WithGrantAsync();
        var proposal = Value(await desk.ProposeAsync(Suspend(), Anna));
        if (byImport)
        {
            Assert.Null(Assert.Single(await desk.Register.ImportAsync(Import("suspended", "2026-02-10"))).Code);
        }
        else
        {
            Value(await desk.Change.ExecuteAsync(Relinquish(), Anna, TestContext.Current.CancellationToken));
        }

        var before = await desk.Register.HistoryAsync("NL1");
        Assert.Equal("aeo_proposal_overtaken", (await desk.ApproveAsync(proposal.Id, Bert)).Refusal?.Code);
        Assert.Equal(before, await desk.Register.HistoryAsync("NL1"));
        Assert.Equal((AeoProposalState.Overtaken, null, Register.Now), await desk.EndAsync(proposal.Id));
        Assert.Empty(await desk.WorkListAsync());
    }

    [Fact]
    public async Task A_second_proposal_waits_for_the_first()
    {
        var desk = await WithGrantAsync();
        var proposal = Value(await desk.ProposeAsync(Suspend(), Anna));
        var second = (await desk.ProposeAsync(Suspend() with { Act = AeoAct.Revoke, SuspensionGround = null }, Cleo)).Refusal;
        Assert.Equal("aeo_proposal_open", second?.Code);
        Assert.Contains(proposal.Id, second!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_officers_who_settle_one_proposal_at_once_one_does_and_the_others_are_told()
    {
        var database = await ledger.NewAsync();
        var desk = await WithGrantAsync(database);
        var other = new Desk(ledger.OpenAgain(database));
        var proposal = Value(await desk.ProposeAsync(Suspend(), Anna));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var (at, officer) = (i % 2 == 0 ? desk : other, AeoOfficer.Person($"approver{i}", [AccountRoles.Approver]));
            return i < 6 ? (await at.ApproveAsync(proposal.Id, officer)).Refusal?.Code : (await at.TurnDownAsync(proposal.Id, officer, "No.")).Refusal?.Code;
        })));

        Assert.Equal(["aeo_proposal_settled"], outcomes.Where(code => code is not null).Distinct());
        Assert.Single(outcomes, code => code is null);
        var (state, by, _) = await desk.EndAsync(proposal.Id);
        Assert.Equal(Array.IndexOf(outcomes, null), int.Parse(by!["approver".Length..], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(state == AeoProposalState.Approved ? 2 : 1, (await desk.Register.HistoryAsync("NL1")).Count);
        Assert.Equal(state == AeoProposalState.Approved ? AeoStatus.Suspended : AeoStatus.Granted, await desk.StatusAsync());
    }

    [Fact]
    public async Task The_work_list_is_read_page_by_page_and_loses_none_when_others_are_settled()
    {
        var desk = new Desk(await ledger.NewAsync());
        string[] tins = [.. Enumerable.Range(1, 7).Select(i => $"NL{i}")];
        await desk.Register.ImportAsync([.. tins.Select(tin => Import("granted", "2025-01-01", tin))]);
        var proposed = new List<string>();
        foreach (var tin in tins)
        {
            proposed.Add(Value(await desk.ProposeAsync(Suspend() with { Tin = Tin.Parse(tin) }, Anna)).Id);
        }

        var first = Value(await desk.Proposals.WorkListAsync(null, 3, TestContext.Current.CancellationToken));
        Assert.Equal(3, first.Proposals.Count);
        Value(await desk.ApproveAsync(first.Proposals[0].Id, Bert, first.Proposals[0].Decision.Tin));
        var second = Value(await desk.Proposals.WorkListAsync(first.NextCursor, 3, TestContext.Current.CancellationToken));
        var third = Value(await desk.Proposals.WorkListAsync(second.NextCursor, 3, TestContext.Current.CancellationToken));
        Assert.Null(third.NextCursor);
        Assert.Equal(proposed.Order(), first.Proposals.Concat(second.Proposals).Concat(third.Proposals).Select(each => each.Id));
        foreach (var (cursor, limit) in new[] { ("x", 3), (null, 0), (null, 201), ((string?)"%", 3) })
        {
            Assert.NotNull((await desk.Proposals.WorkListAsync(cursor, limit, TestContext.Current.CancellationToken)).Refusal);
        }
    }

    [Fact]
    public async Task A_proposal_is_found_at_its_operator_only()
    {
        var desk = await WithGrantAsync();
        var proposal = Value(await desk.ProposeAsync(Suspend(), Anna));
        Assert.Equal("aeo_proposal_unknown", (await desk.ApproveAsync(proposal.Id, Bert, Tin.Parse("NL2"))).Refusal?.Code);
        Assert.Equal("aeo_proposal_unknown", (await desk.ApproveAsync(new string('0', 32), Bert)).Refusal?.Code);
        Assert.Equal("aeo_proposal_unknown", (await desk.Proposals.FindAsync(Tin.Parse("NL2"), proposal.Id, TestContext.Current.CancellationToken)).Refusal?.Code);
        Assert.Equal([proposal.Id], (await desk.Proposals.OfOperatorAsync(Holder, TestContext.Current.CancellationToken)).Select(each => each.Id));
    }

    [Fact]
    public async Task A_random_walk_of_officers_leaves_a_history_that_two_signed_where_two_must()
    {
        var database = await ledger.NewAsync();
        var desk = new Desk(database);
        AeoOfficer[] officers = [Anna, Bert, Cleo, Machine, AeoOfficer.Person("emil", [AccountRoles.AeoOfficer, AccountRoles.Approver])];
        var (walks, twice) = (0, 0);
        await Gen.Select(Gen.Int[0, 9], Gen.Int[0, 99].Select(i => i < 85 ? Often[i % Often.Length] : Enum.GetValues<AeoAct>()[i % 17]), Gen.Int[0, 4], Gen.Int[0, 3]).List[10, 60].SampleAsync(
            async walk =>
            {
                var tin = Tin.Parse($"NL{Interlocked.Increment(ref walks)}");
                Assert.Null(Assert.Single(await desk.Register.ImportAsync(Import("granted", "2025-01-01", tin.Value))).Code);
                var (made, approved, alone) = (new List<string>(), 0, 0);
                foreach (var (move, act, who, which) in walk)
                {
                    var officer = officers[who];
                    var decision = Suspend() with
                    {
                        Tin = tin,
                        Act = act,
                        SuspensionGround = act == AeoAct.Suspend ? SuspensionGround.Suspected : null,
                        AuthorisationNumber = act == AeoAct.Grant ? "NLAEOC1" : null,
                    };
                    if (move < 4 && (await desk.ProposeAsync(decision, officer)).TryGet(out var proposal, out _))
                    {
                        Assert.True(officer.MayPropose);
                        made.Add(proposal.Id);
                    }
                    else if (move is >= 4 and < 8 && made.Count > 0 && (await desk.ApproveAsync(made[^Math.Min(which + 1, made.Count)], officer, tin)).Refusal is null)
                    {
                        Assert.True(officer.MayApprove);
                        approved++;
                    }
                    else if (move >= 8 && (await desk.Change.ExecuteAsync(decision, officer, TestContext.Current.CancellationToken)).Refusal is null)
                    {
                        Assert.True(officer.MayTakeActs);
                        alone++;
                    }
                }

                var history = await desk.Register.HistoryAsync(tin.Value);
                Assert.Equal(1 + approved + alone, history.Count);
                Assert.Equal(Enumerable.Range(1, history.Count), history.Select(step => step.Component.Step));
                Assert.Equal(history.Select(step => (AeoStatus?)step.Component.Status).Prepend(null).SkipLast(1), history.Select(step => step.From));
                Assert.All(history, step => Assert.Contains(
                    AeoLifecycle.Transitions, way => (way.Act, way.From, way.To) == (step.Act, step.From, step.Component.Status) && way.By.HasFlag(step.TakenBy)));
                Assert.All(history, step => Assert.Equal(step.TakenBy == AeoDecider.TwoOfficers, step.ProposedBy != step.ApprovedBy));
                Assert.Equal(approved, history.Count(step => step.TakenBy == AeoDecider.TwoOfficers));

                // Each approved proposal is one step, the one after that for which it was made; none is open for a step that has passed.
                var proposals = await desk.Proposals.OfOperatorAsync(tin, TestContext.Current.CancellationToken);
                Assert.Equal(
                    history.Where(step => step.TakenBy == AeoDecider.TwoOfficers).Select(step => (step.Component.Step, step.Act, step.ProposedBy, step.ApprovedBy)),
                    proposals.Where(each => each.State == AeoProposalState.Approved).Select(each => (each.Step + 1, each.Decision.Act, each.ProposedBy, each.SettledBy!)).Order());
                Assert.All(proposals.Where(each => each.State == AeoProposalState.Open), each => Assert.Equal(history.Count, each.Step));
                Interlocked.Add(ref twice, approved);
            },
            iter: 30,
            threads: 2);
        Assert.InRange(twice, 1, int.MaxValue);
    }

    private async Task<Desk> WithGrantAsync() => await WithGrantAsync(await ledger.NewAsync());

    private static async Task<Desk> WithGrantAsync(TradeIdentity.Authority.Storage.Database database)
    {
        var desk = new Desk(database);
        Assert.Null(Assert.Single(await desk.Register.ImportAsync(Import("granted", "2025-01-01"))).Code);
        return desk;
    }

    private static string Import(string status, string from, string tin = "NL1") =>
        $$"""{"tin":"{{tin}}","legalName":"Example","jurisdiction":"NL","aeo":[{"component":"AEOC","status":"{{status}}","effectiveFrom":"{{from}}"}],"evidence":{"source":"Register"} }""";

    private static AeoDecision Suspend() => new()
    {
        Tin = Holder,
        Component = "AEOC",
        Act = AeoAct.Suspend,
        SuspensionGround = SuspensionGround.NonCompliance,
        EffectiveFrom = Day,
        LegalGround = "Article 30 of Implementing Regulation 2015/2447",
    };

    private static AeoDecision Relinquish() => Suspend() with { Act = AeoAct.Relinquish, SuspensionGround = null };

    private static T Value<T>(Outcome<T> outcome)
        where T : notnull => TestAuthority.Value(outcome);

    /// <summary>The officers' acts on a database.</summary>
    private sealed class Desk(TradeIdentity.Authority.Storage.Database database)
    {
        public Register Register { get; } = new(database);

        public AeoProposals Proposals { get; } = new(database);

        public ChangeAeoStatus Change { get; } = new(database, Register.Clock, ProgrammeCatalogue.Embedded);

        public Task<Outcome<AeoProposal>> ProposeAsync(AeoDecision decision, AeoOfficer officer) =>
            new ProposeAeoDecision(database, Register.Clock, Change).ExecuteAsync(decision, officer, TestContext.Current.CancellationToken);

        public Task<Outcome<AeoComponent>> ApproveAsync(string id, AeoOfficer officer, Tin? tin = null) =>
            new ApproveAeoProposal(database, Register.Clock, Change).ExecuteAsync(tin ?? Holder, id, officer, TestContext.Current.CancellationToken);

        public Task<Outcome<AeoProposal>> TurnDownAsync(string id, AeoOfficer officer, string reason) =>
            new TurnDownAeoProposal(database, Register.Clock).ExecuteAsync(Holder, id, reason, officer, TestContext.Current.CancellationToken);

        public async Task<IReadOnlyList<AeoProposal>> WorkListAsync() =>
            Value(await Proposals.WorkListAsync(null, null, TestContext.Current.CancellationToken)).Proposals;

        public async Task<AeoStatus> StatusAsync() => Assert.Single((await Register.FindAsync("NL1"))!.Aeo).Status;

        public async Task<(AeoProposalState State, string? By, DateTimeOffset? At)> EndAsync(string id)
        {
            var proposal = Value(await Proposals.FindAsync(Holder, id, TestContext.Current.CancellationToken));
            return (proposal.State, proposal.SettledBy, proposal.SettledAt);
        }

        public Task<List<string>> ActsAsync() => database.ReadAsync(
            async connection => Dapper.SqlMapper.AsList(await Dapper.SqlMapper.QueryAsync<string>(connection, "SELECT act FROM audit_entries ORDER BY sequence")),
            TestContext.Current.CancellationToken);
    }
}
