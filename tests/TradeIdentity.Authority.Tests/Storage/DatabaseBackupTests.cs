using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

public sealed class DatabaseBackupOnSqliteTests(SqliteLedger ledger) : IClassFixture<SqliteLedger>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_copy_is_whole_while_acts_go_on_and_only_its_owner_reads_it()
    {
        var database = (SqliteDatabase)await ledger.NewAsync();
        await AppendAsync(database, 500);
        var file = database.FilePath + ".backup";
        var meanwhile = Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AppendAsync(database, 1)));

        var outcome = await DatabaseBackup.ExecuteAsync(database, file, Cancellation);
        await meanwhile;

        Assert.Equal(new FileInfo(file).Length, outcome.Match(length => length, refusal => -1));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        await using var copy = new SqliteDatabase($"Data Source={file}");
        Assert.Empty(await DatabaseCheck.RunAsync(copy, Cancellation));
        var intact = Assert.IsType<AuditVerification.Intact>(await AuditTrail.VerifyAsync(copy, null, Cancellation));
        Assert.InRange(intact.Entries, 500, 550);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(file)!, "*.partial*"));
    }

    [Fact]
    public async Task An_existing_file_is_not_overwritten()
    {
        var database = (SqliteDatabase)await ledger.NewAsync();
        var file = database.FilePath + ".precious";
        await File.WriteAllTextAsync(file, "precious", Cancellation);

        var outcome = await DatabaseBackup.ExecuteAsync(database, file, Cancellation);

        Assert.Equal("backup_file_exists", outcome.Refusal?.Code);
        Assert.Equal("precious", await File.ReadAllTextAsync(file, Cancellation));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_a_refusal()
    {
        var outcome = await DatabaseBackup.ExecuteAsync(ledger.Database, Path.Combine(Path.GetTempPath(), "absent", "no", "backup.db"), Cancellation);

        Assert.Equal("backup_not_written", outcome.Refusal?.Code);
    }

    private static Task<int> AppendAsync(Database database, int count) =>
        database.WriteAsync(
            async tx =>
            {
                await AuditTrail.AppendAsync(
                    tx, DateTimeOffset.UnixEpoch, [.. Enumerable.Range(0, count).Select(i => new AuditRecord("system", "tested", $"{i}", "{}"))]);
                return 0;
            },
            Cancellation);
}

public sealed class DatabaseBackupOnPostgreSqlTests(PostgreSqlLedger ledger) : IClassFixture<PostgreSqlLedger>
{
    [Fact]
    public async Task Is_refused_with_the_name_of_the_right_tool()
    {
        var outcome = await DatabaseBackup.ExecuteAsync(ledger.Database, "backup", TestContext.Current.CancellationToken);

        Assert.Contains("pg_dump", outcome.Refusal?.Detail, StringComparison.Ordinal);
    }
}
