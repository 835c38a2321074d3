using Dapper;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Audit;

public sealed class AuditTrailOnSqliteTests(SqliteLedger ledger) : AuditTrailTests(ledger), IClassFixture<SqliteLedger>;

public sealed class AuditTrailOnPostgreSqlTests(PostgreSqlLedger ledger) : AuditTrailTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class AuditTrailTests(LedgerFixture ledger)
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_entries_from_one_without_a_gap()
    {
        var database = await ledger.NewAsync();

        await AppendAsync(database, Record("a"));
        await AppendAsync(database, [.. Enumerable.Range(0, 1000).Select(i => Record($"{i}"))]);
        await AppendAsync(database, Record("z"));

        var sequences = await database.ReadAsync(
            async db => (await db.QueryAsync<long>("SELECT sequence FROM audit_entries ORDER BY sequence")).AsList(), Cancellation);
        Assert.Equal(Enumerable.Range(1, 1002).Select(i => (long)i), sequences);
    }

    private static AuditRecord Record(string subject) => new("system", "tested", subject, $$"""{"of":"{{subject}}"}""");

    private static Task<int> AppendAsync(Database database, params IReadOnlyList<AuditRecord> records) =>
        database.WriteAsync(
            async tx =>
            {
                await AuditTrail.AppendAsync(tx, At, records);
                return 0;
            },
            Cancellation);
}
