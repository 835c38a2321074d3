using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Tests.Operators;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Aeo;

public sealed class AeoApplicationsOnSqliteTests(SqliteLedger ledger) : AeoApplicationsTests(ledger), IClassFixture<SqliteLedger>;

public sealed class AeoApplicationsOnPostgreSqlTests(PostgreSqlLedger ledger) : AeoApplicationsTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class AeoApplicationsTests(LedgerFixture ledger)
{
    private static readonly DateOnly Day = new(2026, 2, 1);

    [Fact]
    public async Task Applications_are_listed_by_their_last_day_page_by_page_and_leave_with_the_decision()
    {
        var database = await ledger.NewAsync();
        var register = new Register(database);
        for (var i = 1; i <= 5; i++)
        {
            await register.ImportAsync($$"""{"tin":"NL{{i}}","legalName":"Example {{i}}","jurisdiction":"NL","evidence":{"source":"Register"} }""");
            await TakeAsync(register, $"NL{i}", AeoAct.Open, Day.AddDays(-i));
            await TakeAsync(register, $"NL{i}", AeoAct.Submit, Day.AddDays(-i));
        }

        await TakeAsync(register, "NL5", AeoAct.Accept, Day);
        await TakeAsync(register, "NL1", AeoAct.Reject, Day);
        var list = new AeoApplications(database, ProgrammeCatalogue.Embedded);
        var found = new List<AeoApplication>();
        string? cursor = null;
        do
        {
            var page = TestAuthority.Value(await list.ExecuteAsync(AeoApplicationFilter.None, cursor, 2, TestContext.Current.CancellationToken));
            Assert.InRange(page.Applications.Count, 1, 2);
            Assert.Equal(4, page.Total);
            found.AddRange(page.Applications);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(
            [("NL4", "Example 4", Day.AddDays(26)), ("NL3", "Example 3", Day.AddDays(27)), ("NL2", "Example 2", Day.AddDays(28)), ("NL5", "Example 5", Day.AddDays(120))],
            found.Select(each => (each.Tin.Value, each.LegalName, each.Component.DueOn!.Value)));
        foreach (var (wrong, limit) in new[] { ("%", 2), ("AA", 2), (new string('A', 500), 2), (null, 0), ((string?)null, 201) })
        {
            Assert.NotNull((await list.ExecuteAsync(AeoApplicationFilter.None, wrong, limit, TestContext.Current.CancellationToken)).Refusal);
        }
    }

    [Fact]
    public async Task A_reassessment_stands_among_them_until_the_status_is_upheld()
    {
        var database = await ledger.NewAsync();
        var register = new Register(database);
        await register.ImportAsync("""{"tin":"NL1","legalName":"Example","jurisdiction":"NL","aeo":[{"component":"AEOC","status":"granted","effectiveFrom":"2025-01-01"}],"evidence":{"source":"Register"} }""");
        var list = new AeoApplications(database, ProgrammeCatalogue.Embedded);
        await TakeAsync(register, "NL1", AeoAct.Reassess, Day);
        var open = Assert.Single(TestAuthority.Value(await list.ExecuteAsync(AeoApplicationFilter.None, null, null, TestContext.Current.CancellationToken)).Applications);
        Assert.Equal((AeoStatus.Granted, Day.AddDays(120)), (open.Component.Status, open.Component.DueOn));
        await TakeAsync(register, "NL1", AeoAct.Uphold, Day);
        Assert.Empty(TestAuthority.Value(await list.ExecuteAsync(AeoApplicationFilter.None, null, null, TestContext.Current.CancellationToken)).Applications);
    }

    [Fact]
    public async Task The_list_is_narrowed_to_a_state_a_component_and_what_an_officer_has_in_hand()
    {
        var database = await ledger.NewAsync();
        var register = new Register(database);
        for (var i = 1; i <= 3; i++)
        {
            await register.ImportAsync($$"""{"tin":"NL{{i}}","legalName":"Example {{i}}","jurisdiction":"NL","evidence":{"source":"Register"} }""");
            await TakeAsync(register, $"NL{i}", AeoAct.Open, Day);
            await TakeAsync(register, $"NL{i}", AeoAct.Submit, Day);
        }

        var change = new ChangeAeoStatus(database, Register.Clock, ProgrammeCatalogue.Embedded);
        var emil = AeoOfficer.Person("emil", [AccountRoles.AeoOfficer]);
        TestAuthority.Value(await change.ExecuteAsync(Decision("NL2", AeoAct.Accept, Day), emil, TestContext.Current.CancellationToken));
        var list = new AeoApplications(database, ProgrammeCatalogue.Embedded);
        (AeoApplicationFilter Filter, string Tins)[] asked =
        [
            (new AeoApplicationFilter(AeoStatus.Submitted), "NL1 NL3"),
            (new AeoApplicationFilter(AeoStatus.Accepted), "NL2"),
            (new AeoApplicationFilter(AeoStatus.RiskAssessed), ""),
            (new AeoApplicationFilter(Component: "AEOC"), "NL1 NL3 NL2"),
            (new AeoApplicationFilter(Component: "AEOS"), ""),
            (new AeoApplicationFilter(Officer: "emil"), "NL2"),
            (new AeoApplicationFilter(Officer: "bert"), ""),
        ];
        foreach (var (filter, tins) in asked)
        {
            var page = TestAuthority.Value(await list.ExecuteAsync(filter, null, null, TestContext.Current.CancellationToken));
            Assert.Equal(tins, string.Join(' ', page.Applications.Select(each => each.Tin.Value)));
            Assert.Equal(page.Applications.Count, page.Total);
        }

        Assert.Equal("query_invalid", (await list.ExecuteAsync(new AeoApplicationFilter(Component: "AE OC"), null, null, TestContext.Current.CancellationToken)).Refusal?.Code);
    }

    private static async Task TakeAsync(Register register, string tin, AeoAct act, DateOnly day) => TestAuthority.Value(await register.DecideAsync(Decision(tin, act, day)));

    private static AeoDecision Decision(string tin, AeoAct act, DateOnly day) => new()
    {
        Tin = Tin.Parse(tin),
        Component = "AEOC",
        Act = act,
        EffectiveFrom = day,
        LegalGround = "Article 38 UCC",
    };
}
