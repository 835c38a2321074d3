using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

public sealed class DatabaseMigratorOnSqliteTests(SqliteLedger ledger) : DatabaseMigratorTests(ledger), IClassFixture<SqliteLedger>;

public sealed class DatabaseMigratorOnPostgreSqlTests(PostgreSqlLedger ledger) : DatabaseMigratorTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class DatabaseMigratorTests(LedgerFixture ledger)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Applies_all_scripts_in_order_and_the_second_time_none()
    {
        var database = await ledger.NewEmptyAsync();
        var pending = DatabaseMigrator.Pending(database);

        var first = await DatabaseMigrator.MigrateAsync(database, Cancellation);
        var second = await DatabaseMigrator.MigrateAsync(database, Cancellation);

        Assert.Equal("0001_audit_and_keys", first[0]);
        Assert.Equal(first.Order(StringComparer.Ordinal), first);
        Assert.Equal(pending, first);
        Assert.Empty(second);
        Assert.Empty(DatabaseMigrator.Pending(database));
    }

    [Fact]
    public async Task Instances_that_start_at_once_apply_each_script_once()
    {
        var database = await ledger.NewEmptyAsync();
        var pending = DatabaseMigrator.Pending(database);
        var others = Enumerable.Range(0, 4).Select(_ => ledger.OpenAgain(database)).ToArray();

        var applied = await Task.WhenAll(others.Select(other =>
            Task.Run(() => DatabaseMigrator.MigrateAsync(other, Cancellation), Cancellation)));

        Assert.Equal(pending, applied.SelectMany(scripts => scripts));
    }
}
