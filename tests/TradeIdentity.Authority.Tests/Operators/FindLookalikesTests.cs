using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Operators;

public sealed class FindLookalikesOnSqliteTests(SqliteLedger ledger) : FindLookalikesTests(ledger), IClassFixture<SqliteLedger>;

public sealed class FindLookalikesOnPostgreSqlTests(PostgreSqlLedger ledger) : FindLookalikesTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class FindLookalikesTests(LedgerFixture ledger)
{
    [Theory]
    [InlineData("Nordic Freight Ltd", "Nordic Freight B.V.", "same_name")]
    [InlineData("Nordic Freight", "Nordіс Frеіght", "same_name")] // Cyrillic letters in the other.
    [InlineData("Nordic Freight", "Nord-IC-Freight GmbH", "same_name")]
    [InlineData("Nordic Freight", "Nordic Frieght", "similar_name")]
    [InlineData("Nordic Freight", "Freight Nordic", "similar_name")]
    [InlineData("Nordic Freight", "Nordic Freight Forwarding", null)]
    [InlineData("Nordic Freight", "Southern Freight", null)]
    public async Task Names_that_are_taken_for_one_another_are_warned_of(string name, string other, string? kind)
    {
        var (find, held) = await FilledAsync(
            $$"""{"tin":"NL1","legalName":"{{name}}","jurisdiction":"NL"}""", $$"""{"tin":"NL2","legalName":"Unlike","tradingNames":["{{other}}"],"jurisdiction":"NL"}""");

        var found = await find.OfAsync(held, TestContext.Current.CancellationToken);

        Assert.Equal(kind is null ? [] : [("NL2", "Unlike", kind, other)], found.Select(each => (each.Tin, each.LegalName, Assert.Single(each.Alike).Kind, each.Alike[0].Value)));
    }

    [Fact]
    public async Task One_number_of_two_operators_is_warned_of_before_names()
    {
        var (find, held) = await FilledAsync(
            """{"tin":"NL1","legalName":"Example One","jurisdiction":"NL","identifiers":[{"scheme":"lei","value":"506700GE1G29325QX363"}]}""",
            """{"tin":"NL2","legalName":"Example One","jurisdiction":"NL"}""",
            """{"tin":"NL3","legalName":"Quite another","jurisdiction":"NL","identifiers":[{"scheme":"lei","value":"506700GE1G29325QX363"}]}""");

        var found = await find.OfAsync(held, TestContext.Current.CancellationToken);

        Assert.Equal(["NL3", "NL2"], found.Select(each => each.Tin));
        Assert.Equal(new LookalikeReason(LookalikeReason.SameNumber, "506700GE1G29325QX363", "lei"), Assert.Single(found[0].Alike));
    }

    [Fact]
    public async Task So_many_and_no_more_are_named()
    {
        var (find, held) = await FilledAsync([.. Enumerable.Range(1, 40).Select(i => $$"""{"tin":"NL{{i}}","legalName":"Example One","jurisdiction":"NL"}""")]);

        var found = await find.OfAsync(held, TestContext.Current.CancellationToken);

        Assert.Equal(FindLookalikes.Most, found.Count);
        Assert.DoesNotContain("NL1", found.Select(each => each.Tin));
    }

    private async Task<(FindLookalikes Find, Operator First)> FilledAsync(params string[] lines)
    {
        var database = await ledger.NewAsync();
        await new Register(database).ImportAsync(lines);
        var held = (await new GetOperator(database, ProgrammeCatalogue.Embedded).ExecuteAsync(Tin.Parse("NL1"), TestContext.Current.CancellationToken))
            .Match(found => found, refusal => throw new InvalidOperationException(refusal.Code));
        return (new FindLookalikes(database), held);
    }
}
