using Dapper;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Operators;

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

    /// <summary>As it is after the migration that brought the keys: a key is not made in SQL.</summary>
    [Fact]
    public async Task Operators_of_before_are_found_by_name()
    {
        var database = await ledger.NewAsync();
        await new Register(database).ImportAsync([.. Enumerable.Range(1, 1001).Select(i => $$"""{"tin":"NL{{i}}","legalName":"Elder {{i}}","tradingNames":["Older {{i}}"],"jurisdiction":"NL"}""")]);
        await database.WriteAsync(
            async tx =>
            {
                await tx.ExecuteAsync("DELETE FROM operator_names");
                return await tx.ExecuteAsync("INSERT INTO operators_to_name (tin) SELECT tin FROM operators");
            },
            Cancellation);

        await DatabaseMigrator.MigrateAsync(database, Cancellation);

        var find = new FindOperators(database, Authority.Aeo.ProgrammeCatalogue.Embedded);
        Assert.Equal(["NL1001"], (await find.ExecuteAsync("older 1001", null, null, Cancellation)).Match(page => page.Operators.Select(found => found.Tin.Value), _ => []));
        Assert.Equal(2002, await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM operator_names"), Cancellation));
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
