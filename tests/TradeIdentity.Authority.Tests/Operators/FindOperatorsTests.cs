using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Operators;

public sealed class FindOperatorsOnSqliteTests(SqliteLedger ledger) : FindOperatorsTests(ledger), IClassFixture<SqliteLedger>;

public sealed class FindOperatorsOnPostgreSqlTests(PostgreSqlLedger ledger) : FindOperatorsTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class FindOperatorsTests(LedgerFixture ledger)
{
    [Theory]
    [InlineData("NL1", "NL1")]
    [InlineData("nl1", "NL1")]
    [InlineData("506700GE1G29325QX363", "NL2")]
    [InlineData("cafe", "NL2")]
    [InlineData("CAFÉ", "NL2")]
    [InlineData("tulip", "NL1")]
    [InlineData("100%", "NL3")]
    [InlineData("_", "")]
    [InlineData("%", "")]
    [InlineData("\"", "")]
    [InlineData("example OR one", "")]
    [InlineData("example", "NL1 NL2 NL3 NL5 NL4")]
    [InlineData("one example", "NL1")]
    [InlineData("exmaple one", "NL1")]
    [InlineData("tulpi trade", "NL1")]
    [InlineData("TULIPTRADE", "NL1")]
    [InlineData("506700GE", "NL2")]
    [InlineData("5067 00GE 1G29 325Q X363", "NL2")]
    [InlineData("foriegn freigth forwarding", "NL4")]
    [InlineData("foreign forw", "NL4")]
    [InlineData("贸易", "NL5")]
    [InlineData("𐐀𐐁𐐂𐐃𐐄 𐐅", "")]
    [InlineData("𠀀𠀁", "")]
    [InlineData("ﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺ", "")]
    [InlineData("示例", "NL5")]
    [InlineData("示例贸易有限公司", "NL5")]
    [InlineData("Ехаmple Оne", "NL1")]
    [InlineData("  ", "NL1 NL2 NL3 NL4 NL5")]
    [InlineData(null, "NL1 NL2 NL3 NL4 NL5")]
    [InlineData("nothing of the kind", "")]
    [InlineData("' OR 1=1 --", "")]
    public async Task Finds_by_tin_identifier_and_name(string? query, string tins)
    {
        var database = await FilledAsync();

        Assert.Equal(tins, string.Join(' ', (await PageAsync(database, query, null, null)).Operators.Select(found => found.Tin)));
    }

    [Fact]
    public async Task Pages_hold_every_operator_once_in_order()
    {
        var database = await FilledAsync();
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await PageAsync(database, "example", cursor, 1);
            found.Add(Assert.Single(page.Operators).Tin.Value);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(["NL1", "NL2", "NL3", "NL4", "NL5"], found.Order());
        Assert.Equal("NL1", found[0]);
    }

    [Theory]
    [InlineData(null, "x", null, "cursor_invalid")]
    [InlineData(null, "Tkwx=", null, "cursor_invalid")]
    [InlineData(null, "", null, "cursor_invalid")]
    [InlineData(null, "bm8gdGlu", null, "cursor_invalid")]
    [InlineData("nothing of the kind", "TkwxMjM", null, "cursor_invalid")]
    [InlineData(null, null, 0, "limit_invalid")]
    [InlineData(null, null, 201, "limit_invalid")]
    [InlineData("a\u0000", null, null, "query_invalid")]
    public async Task Refuses_what_it_did_not_give_and_what_is_out_of_bounds(string? query, string? cursor, int? limit, string code)
    {
        var outcome = await Find(ledger.Database).ExecuteAsync(query, cursor, limit, TestContext.Current.CancellationToken);

        Assert.Equal(code, outcome.Refusal?.Code);
    }

    [Fact]
    public async Task An_unknown_tin_is_refused_as_such()
    {
        var register = new Register(ledger.Database);
        var outcome = await new GetOperator(ledger.Database, register.Programmes)
            .ExecuteAsync(Authority.Operators.Identifiers.Tin.Parse("NL999"), TestContext.Current.CancellationToken);

        Assert.Equal("operator_unknown", outcome.Refusal?.Code);
    }

    private async Task<Database> FilledAsync()
    {
        // The documents are the same for each test of the class: after the first they change nothing.
        await new Register(ledger.Database).ImportAsync(
            """{"tin":"NL1","legalName":"Example One","tradingNames":["Tulip trade"],"jurisdiction":"NL"}""",
            """{"tin":"NL2","legalName":"Example Café","jurisdiction":"NL","identifiers":[{"scheme":"lei","value":"506700GE1G29325QX363"}]}""",
            """{"tin":"NL3","legalName":"Example 100%_sure","jurisdiction":"NL"}""",
            """{"tin":"NL4","legalName":"Example Foreign Freight Forwarding B.V.","jurisdiction":"NL"}""",
            """{"tin":"NL5","legalName":"示例贸易有限公司","tradingNames":["Example of trade"],"jurisdiction":"NL"}""");
        return ledger.Database;
    }

    private static async Task<OperatorPage> PageAsync(Database database, string? query, string? cursor, int? limit)
    {
        var outcome = await Find(database).ExecuteAsync(query, cursor, limit, TestContext.Current.CancellationToken);
        Assert.True(outcome.TryGet(out var page, out var refusal), refusal?.Code);
        return page;
    }

    private static FindOperators Find(Database database) => new(database, Authority.Aeo.ProgrammeCatalogue.Embedded);
}
