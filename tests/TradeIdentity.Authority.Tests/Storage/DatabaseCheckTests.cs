using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

public sealed class DatabaseCheckOnSqliteTests(SqliteLedger ledger) : DatabaseCheckTests(ledger), IClassFixture<SqliteLedger>
{
    [Fact]
    public async Task A_dangling_reference_is_found()
    {
        var database = await Ledger.NewAsync();
        await database.WriteAsync(
            tx => tx.ExecuteAsync("CREATE TABLE parents (id INTEGER PRIMARY KEY); CREATE TABLE children (parent INTEGER REFERENCES parents (id))"),
            Cancellation);
        await using (var careless = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={((SqliteDatabase)database).FilePath};Foreign Keys=False;Pooling=False"))
        {
            await careless.OpenAsync(Cancellation);
            await Dapper.SqlMapper.ExecuteAsync(careless, "INSERT INTO children VALUES (7)");
        }

        Assert.Equal("Row 1 of children refers to a missing row of parents.", Assert.Single(await DatabaseCheck.RunAsync(database, Cancellation)));
    }

    [Fact]
    public async Task A_damaged_file_is_found()
    {
        var database = (SqliteDatabase)await Ledger.NewAsync();
        await database.DisposeAsync();
        // From the second page on: the first holds the header, without which it cannot even be opened.
        await using (var file = new FileStream(database.FilePath, FileMode.Open))
        {
            file.Position = 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)(file.Length - 4096)).ToArray(), Cancellation);
        }

        Assert.NotEmpty(await DatabaseCheck.RunAsync(Ledger.OpenAgain(database), Cancellation));
    }
}

public sealed class DatabaseCheckOnPostgreSqlTests(PostgreSqlLedger ledger) : DatabaseCheckTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class DatabaseCheckTests(LedgerFixture ledger)
{
    protected LedgerFixture Ledger => ledger;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_migrated_database_is_sound() =>
        Assert.Empty(await DatabaseCheck.RunAsync(await ledger.NewAsync(), Cancellation));

    [Fact]
    public async Task Missing_migrations_are_named()
    {
        var findings = await DatabaseCheck.RunAsync(await ledger.NewEmptyAsync(), Cancellation);

        Assert.Contains("Migration 0001_audit_and_keys is not applied: run 'tradeid db migrate'.", findings);
    }

    [Fact]
    public async Task A_migration_of_a_newer_program_is_named()
    {
        var database = await ledger.NewAsync();
        await database.WriteAsync(tx => tx.ExecuteAsync("UPDATE schema_versions SET scriptname = '9999_later' WHERE scriptname = '0001_audit_and_keys'"), Cancellation);

        Assert.Contains("Migration 9999_later is of a newer program than this one.", await DatabaseCheck.RunAsync(database, Cancellation));
    }
}
