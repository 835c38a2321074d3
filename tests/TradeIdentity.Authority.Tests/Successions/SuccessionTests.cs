using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Successions;
using TradeIdentity.Authority.Tests.Mandates;
using TradeIdentity.Authority.Tests.Storage;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;
using static TradeIdentity.Authority.Tests.Mandates.TestMandates;
using static TradeIdentity.Authority.Tests.TestAuthority;

namespace TradeIdentity.Authority.Tests.Successions;

public sealed class SuccessionOnSqliteTests(SqliteLedger ledger) : SuccessionTests(ledger), IClassFixture<SqliteLedger>;

public sealed class SuccessionOnPostgreSqlTests(PostgreSqlLedger ledger) : SuccessionTests(ledger), IClassFixture<PostgreSqlLedger>;

/// <summary>What becomes of operators, decided by two officers: all that follows in one act, and old credentials that explain themselves.</summary>
public abstract class SuccessionTests(LedgerFixture ledger)
{
    private static readonly DateOnly Day = new(2026, 3, 1);
    private static readonly Tin NewNumber = Authority.Operators.Identifiers.Tin.Parse("NLNEWNUMBER");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_merger_ends_what_the_company_had_and_a_post_without_a_network_sees_who_carries_it_on()
    {
        using var desk = await DeskAsync();
        var issued = await desk.Authority.IssueOneAsync();
        var (links, _) = await desk.Mandates.FourLinksAsync();
        var ofEmployee = Value(await desk.Authority.Issue.ExecuteAsync(
            new(Brokers[2], CredentialTypes.Mandate, links[3].Last.Id), Actor, Cancellation));

        var proposal = Value(await desk.ProposeAsync(Merger(Importer, Brokers[0])));
        Assert.IsType<Verdict.Accepted>(await desk.Authority.VerifyOfflineAsync(issued.QrText));
        var end = Assert.Single(await desk.Foresee.ExecuteAsync(proposal, Cancellation));
        Assert.Equal((Importer, 2, 1, 1), (end.Operator.Tin, end.Components.Count, end.Credentials, end.Mandates));
        Assert.Equal("approved", Value(await desk.Settle.ApproveAsync(proposal.Id, desk.Approver, Cancellation)).State);

        var rejected = Assert.IsType<Verdict.Rejected>(await desk.Authority.VerifyOfflineAsync(issued.QrText));
        Assert.Equal(RejectionReason.Revoked, rejected.Reason);
        var succession = rejected.Evidence.Succession!;
        Assert.Equal((SuccessionKind.Merged, Day, Importer.Value), (succession.Kind, succession.EffectiveOn, succession.Tin));
        Assert.Equal(new Successor(Brokers[0].Value, $"Example Broker {Brokers[0]} B.V."), Assert.Single(succession.Successors));

        var broken = Assert.IsType<Verdict.Rejected>(await desk.Authority.VerifyOfflineAsync(ofEmployee.QrText));
        Assert.Equal((RejectionReason.MandateBroken, Importer.Value), (broken.Reason, broken.Evidence.Succession?.Tin));

        Assert.All(await desk.HistoryAsync(Importer), history => Assert.Equal((AeoStatus.Superseded, AeoDecider.Succession, desk.Registrar, desk.Approver), history));
        Assert.Equal(CredentialEnd.Superseded, (await desk.Authority.Store.FindAsync(issued.Id, Cancellation))!.EndedAs);
        Assert.Equal(MandateState.Revoked, (await desk.Mandates.Reader.FindAsync(links[0].Last.Id, Cancellation))!.Last.State);
        var held = await desk.FindAsync(Importer);
        Assert.Equal((true, SuccessionKind.Merged, Brokers[0]), (held.Succession!.IsEnd, held.Succession.Kind, held.Succession.Successors[0]));
        Assert.Null((await desk.FindAsync(Brokers[0])).Succession);

        Assert.Equal(["operator-merged"], await desk.NoticesAsync(Importer, proposal.Id));
        Assert.Equal(["operator-succeeds"], await desk.NoticesAsync(Brokers[0], proposal.Id));
        Assert.Empty(await desk.NoticesAsync(Brokers[1], proposal.Id));
    }

    [Fact]
    public async Task Nothing_is_done_any_more_for_a_company_that_ended()
    {
        using var desk = await DeskAsync();
        await desk.CarryOutAsync(Merger(Importer, Brokers[0]));

        Assert.Equal("operator_ended", (await desk.Authority.Issue.ExecuteAsync(Request(), Actor, Cancellation)).Refusal?.Code);
        foreach (var (grantor, representative) in new[] { (Importer, Brokers[1]), (Brokers[1], Importer) })
        {
            Assert.Equal("operator_ended", (await desk.Mandates.Grant.ExecuteAsync(desk.Mandates.Offer(grantor, representative), desk.Mandates.Of(grantor), Cancellation)).Refusal?.Code);
        }

        var decision = new AeoDecision { Tin = Importer, Component = "AEOC", Act = AeoAct.Open, LegalGround = "x", EffectiveFrom = Day };
        Assert.Equal("operator_ended", (await new ChangeAeoStatus(desk.Authority.Database, desk.Authority.Time, ProgrammeCatalogue.Embedded)
            .ExecuteAsync(decision, AeoOfficer.System("machine"), Cancellation)).Refusal?.Code);
        Assert.Equal("operator_ended", (await desk.ProposeAsync(Merger(Importer, Brokers[1]))).Refusal?.Code);
        Assert.Equal("operator_ended", (await desk.ProposeAsync(Merger(Brokers[1], Importer))).Refusal?.Code);
        var import = await Assert.ThrowsAnyAsync<Exception>(() => desk.Authority.RegisterAsync(OperatorJson(Importer.Value, "Back Again B.V.")));
        Assert.Contains("operator_ended", import.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_another_number_the_company_holds_what_it_held()
    {
        using var desk = await DeskAsync();
        await desk.Authority.RegisterAsync(
            $$$"""{"tin":"{{{Importer}}}","legalName":"Example Nederland Import B.V.","jurisdiction":"NL","identifiers":[{"scheme":"lei","value":"506700GE1G29325QX363"}],"roles":["IM"],"aeo":[{"component":"AEOC","status":"granted","authorisationNumber":"NLAEOC854502130","effectiveFrom":"2024-01-01"},{"component":"AEOS","status":"suspended","ground":"suspected","authorisationNumber":"NLAEOS854502130","effectiveFrom":"2026-02-01"}],"evidence":{"source":"Trade register","confirmedBy":"register","confirmedAt":"2026-02-01T00:00:00Z"}}""",
            $$$"""{"tin":"{{{NewNumber}}}","legalName":"Example Nederland Import B.V.","jurisdiction":"NL","roles":["IM"],"evidence":{"source":"Trade register"}}""");
        await desk.CarryOutAsync(Merger(Importer, NewNumber) with { Kind = SuccessionKind.Renumbered });

        var held = await desk.FindAsync(NewNumber);
        Assert.Equal(
            [("AEOC", AeoStatus.Granted, "NLAEOC854502130", null), ("AEOS", AeoStatus.Suspended, "NLAEOS854502130", SuspensionGround.Suspected)],
            held.Aeo.Select(component => (component.Component, component.Status, component.AuthorisationNumber, component.SuspensionGround)));
        Assert.Equal("506700GE1G29325QX363", Assert.Single(held.Identifiers).Value);
        Assert.Empty((await desk.FindAsync(Importer)).Identifiers);
        Assert.Null((await desk.Authority.Issue.ExecuteAsync(Request(NewNumber.Value), Actor, Cancellation)).Refusal);
    }

    [Fact]
    public async Task Another_number_does_not_lift_the_bar_of_a_revocation()
    {
        using var desk = await DeskAsync();
        await desk.Authority.RegisterAsync(
            OperatorJson(Importer.Value, "Example Nederland Import B.V.", "revoked").Replace("2024-01-01", "2026-01-15", StringComparison.Ordinal),
            $$$"""{"tin":"{{{NewNumber}}}","legalName":"Example Nederland Import B.V.","jurisdiction":"NL","roles":["IM"],"evidence":{"source":"Trade register"}}""");
        await desk.CarryOutAsync(Merger(Importer, NewNumber) with { Kind = SuccessionKind.Renumbered });

        Assert.All((await desk.FindAsync(NewNumber)).Aeo, component => Assert.Equal((AeoStatus.Revoked, new DateOnly(2029, 1, 15)), (component.Status, AeoLifecycle.BarredUntil(component))));
    }

    [Fact]
    public async Task A_renamed_company_keeps_its_credential_and_the_credential_says_so()
    {
        using var desk = await DeskAsync();
        var issued = await desk.Authority.IssueOneAsync();
        Assert.Null(Assert.IsType<Verdict.Accepted>(await desk.Authority.VerifyOfflineAsync(issued.QrText)).Evidence.Succession);
        await desk.Authority.RegisterAsync(OperatorJson(Importer.Value, "Voorbeeld Handel B.V."));
        desk.Authority.Time.Advance(TimeSpan.FromHours(2));

        var succession = Assert.IsType<Verdict.Accepted>(await desk.Authority.VerifyOfflineAsync(issued.QrText)).Evidence.Succession!;
        Assert.Equal((SuccessionKind.Renamed, new Successor(Importer.Value, "Voorbeeld Handel B.V.")), (succession.Kind, Assert.Single(succession.Successors)));
        var renewed = await desk.Authority.IssueOneAsync();
        Assert.Null(Assert.IsType<Verdict.Accepted>(await desk.Authority.VerifyOfflineAsync(renewed.QrText)).Evidence.Succession);
    }

    [Fact]
    public async Task A_delta_brings_the_end_and_the_next_bundle_the_explanation()
    {
        using var desk = await DeskAsync();
        var issued = await desk.Authority.IssueOneAsync();
        var before = Value(await desk.Authority.Bundles.ExecuteAsync(Cancellation));
        await desk.CarryOutAsync(Merger(Importer, Brokers[0]));
        var delta = Value(await desk.Authority.Deltas.ExecuteAsync(before.Sequence, Cancellation));

        var anchor = Value(await desk.Authority.CurrentTrust.AnchorAsync(desk.Mandates.Now, Cancellation));
        Assert.Equal(BundleFailure.None, BundleFile.TryApply(before.Message, delta.Message, [anchor], out var updated));
        Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(updated, [anchor], 0, out var bundle));
        var rejected = Assert.IsType<Verdict.Rejected>(Verification.OfflineVerifier.Verify(issued.QrText, bundle!, desk.Mandates.Now));
        Assert.Equal((RejectionReason.Revoked, null), (rejected.Reason, rejected.Evidence.Succession));
    }

    [Fact]
    public async Task It_takes_two_officers_of_the_right_roles_who_act_for_none_of_the_companies()
    {
        using var desk = await DeskAsync();
        var both = await desk.OfficerAsync($"{AccountRoles.Registrar} {AccountRoles.Approver}");
        var own = await desk.OfficerAsync($"{AccountRoles.Registrar} {AccountRoles.Approver}", Brokers[0]);
        Assert.Equal("registrar_required", (await desk.ProposeAsync(Merger(Importer, Brokers[0]), desk.Approver)).Refusal?.Code);
        Assert.Equal("registrar_required", (await desk.ProposeAsync(Merger(Importer, Brokers[0]), "nobody")).Refusal?.Code);
        Assert.Equal("succession_own", (await desk.ProposeAsync(Merger(Importer, Brokers[0]), own)).Refusal?.Code);

        var proposal = Value(await desk.ProposeAsync(Merger(Importer, Brokers[0]), both));
        Assert.Equal("succession_four_eyes", (await desk.Settle.ApproveAsync(proposal.Id, both, Cancellation)).Refusal?.Code);
        Assert.Equal("succession_four_eyes", (await desk.Settle.TurnDownAsync(proposal.Id, "No.", both, Cancellation)).Refusal?.Code);
        Assert.Equal("succession_own", (await desk.Settle.ApproveAsync(proposal.Id, own, Cancellation)).Refusal?.Code);
        Assert.Equal("approver_required", (await desk.Settle.ApproveAsync(proposal.Id, desk.Registrar, Cancellation)).Refusal?.Code);
        Assert.Equal("succession_not_yours", (await desk.Settle.WithdrawAsync(proposal.Id, desk.Registrar, Cancellation)).Refusal?.Code);
        Assert.Equal("reason_invalid", (await desk.Settle.TurnDownAsync(proposal.Id, " ", desk.Approver, Cancellation)).Refusal?.Code);
        Assert.Equal("succession_unknown", (await desk.Settle.ApproveAsync("none", desk.Approver, Cancellation)).Refusal?.Code);
        Assert.Equal("succession_open", (await desk.ProposeAsync(Merger(Brokers[0], Brokers[1]))).Refusal?.Code);

        Assert.Equal("turned-down", Value(await desk.Settle.TurnDownAsync(proposal.Id, "The deed names another.", desk.Approver, Cancellation)).State);
        Assert.Equal("succession_settled", (await desk.Settle.ApproveAsync(proposal.Id, desk.Approver, Cancellation)).Refusal?.Code);
        Assert.Null((await desk.FindAsync(Importer)).Succession);
        desk.Authority.Time.Advance(TimeSpan.FromSeconds(1));
        var again = Value(await desk.ProposeAsync(Merger(Importer, Brokers[0])));
        Assert.Equal("withdrawn", Value(await desk.Settle.WithdrawAsync(again.Id, desk.Registrar, Cancellation)).State);
        Assert.Equal([again.Id, proposal.Id], (await desk.Proposals.ListAsync(false, null, 10, Cancellation)).Select(each => each.Id));
        Assert.Empty(await desk.Proposals.ListAsync(true, null, 10, Cancellation));
    }

    [Fact]
    public async Task Of_two_who_approve_at_once_one_does_and_the_other_is_told()
    {
        using var desk = await DeskAsync();
        var proposal = Value(await desk.ProposeAsync(Merger(Importer, Brokers[0])));
        var another = await desk.OfficerAsync(AccountRoles.Approver);

        var outcomes = await Task.WhenAll(desk.Settle.ApproveAsync(proposal.Id, desk.Approver, Cancellation), desk.Settle.ApproveAsync(proposal.Id, another, Cancellation));

        Assert.Equal("succession_settled", Assert.Single(outcomes, outcome => outcome.Refusal is not null).Refusal!.Code);
        Assert.Equal(2, (await desk.HistoryAsync(Importer)).Count);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_is_stored()
    {
        using var desk = await DeskAsync();
        var merger = Merger(Importer, Brokers[0]);
        (SuccessionRequest Request, string Code)[] wrong =
        [
            (merger with { Kind = SuccessionKind.Renamed }, "succession_invalid"),
            (merger with { Predecessors = [] }, "succession_invalid"),
            (merger with { Successors = [Brokers[0], Brokers[1]] }, "succession_invalid"),
            (merger with { Successors = [Importer] }, "succession_invalid"),
            (merger with { Predecessors = [Importer, Importer] }, "succession_invalid"),
            (merger with { Kind = SuccessionKind.Divided, Predecessors = [Importer, Brokers[1]] }, "succession_invalid"),
            (merger with { Kind = SuccessionKind.Renumbered, Successors = [Brokers[0], Brokers[1]] }, "succession_invalid"),
            (merger with { EffectiveOn = new DateOnly(2026, 3, 4) }, "succession_date_in_future"),
            (merger with { LegalGround = " " }, "succession_ground_invalid"),
            (merger with { Successors = [NewNumber] }, "operator_unknown"),
            (merger with { EffectiveOn = new DateOnly(2023, 12, 31) }, "aeo_dates_out_of_order"),
            (merger with { Kind = SuccessionKind.Renumbered }, "succession_component_in_the_way"),
        ];
        foreach (var (request, code) in wrong)
        {
            Assert.Equal(code, (await desk.ProposeAsync(request)).Refusal?.Code);
        }

        Assert.Empty(await desk.Proposals.ListAsync(false, null, 10, Cancellation));
    }

    [Fact]
    public async Task A_division_names_all_who_carry_it_on_and_passes_no_status()
    {
        using var desk = await DeskAsync();
        var issued = await desk.Authority.IssueOneAsync();
        await desk.CarryOutAsync(Merger(Importer, Brokers[0]) with { Kind = SuccessionKind.Divided, Successors = [.. Brokers] });

        var rejected = Assert.IsType<Verdict.Rejected>(await desk.Authority.VerifyOfflineAsync(issued.QrText));
        Assert.Equal((SuccessionKind.Divided, 3), (rejected.Evidence.Succession!.Kind, rejected.Evidence.Succession.Successors.Count));
        Assert.Equal([AeoStatus.Granted, AeoStatus.Granted], (await desk.FindAsync(Brokers[1])).Aeo.Select(component => component.Status));
    }

    private static SuccessionRequest Merger(Tin from, Tin into) => new(SuccessionKind.Merged, [from], [into], Day, "Deed of merger of 27 February 2026");

    private async Task<Desk> DeskAsync()
    {
        var desk = new Desk(await TestMandates.StartAsync(await ledger.NewAsync()));
        desk.Registrar = await desk.OfficerAsync(AccountRoles.Registrar);
        desk.Approver = await desk.OfficerAsync(AccountRoles.Approver);
        return desk;
    }

    private sealed class Desk(TestMandates mandates) : IDisposable
    {
        private readonly OperatorReader _reader = new(ProgrammeCatalogue.Embedded);

        public TestMandates Mandates => mandates;

        public TestAuthority Authority => mandates.Authority;

        public string Registrar { get; set; } = "";

        public string Approver { get; set; } = "";

        public SuccessionProposals Proposals => new(Authority.Database);

        public ForeseeSuccession Foresee => new(Authority.Database, _reader, Authority.Time);

        public SettleSuccession Settle => new(Authority.Database, Authority.Time, _reader);

        public Task<Outcome<SuccessionProposal>> ProposeAsync(SuccessionRequest request, string? officer = null) =>
            new ProposeSuccession(Authority.Database, Authority.Time, _reader).ExecuteAsync(request, officer ?? Registrar, Cancellation);

        public async Task CarryOutAsync(SuccessionRequest request) =>
            Value(await Settle.ApproveAsync(Value(await ProposeAsync(request)).Id, Approver, Cancellation));

        public async Task<Operator> FindAsync(Tin tin) => (await _reader.FindAsync(Authority.Database, tin, Cancellation))!;

        public async Task<string> OfficerAsync(string roles, Tin? actsFor = null)
        {
            var id = await mandates.PersonAsync(actsFor);
            await Authority.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE accounts SET roles = @roles WHERE id = @id", new { id, roles }), Cancellation);
            return id;
        }

        /// <summary>The newest step of each component.</summary>
        public async Task<List<(AeoStatus, AeoDecider, string, string)>> HistoryAsync(Tin tin) =>
            [.. (await AeoHistory.ReadAsync(Authority.Database, tin, ProgrammeCatalogue.Embedded, Cancellation))
                .Where(step => step.Act != AeoAct.TakeOver).Select(step => (step.Component.Status, step.TakenBy, step.ProposedBy, step.ApprovedBy))];

        public async Task<List<string>> NoticesAsync(Tin tin, string about) => await Authority.Database.WriteAsync(
            tx => tx.QueryAsync<string>(
                "SELECT kind FROM notices WHERE holder = @holder AND about = @about", new { holder = NoticeHolder.Of(tin), about }),
            Cancellation);

        public void Dispose() => mandates.Dispose();
    }
}
