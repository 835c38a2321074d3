using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

public sealed class DatabaseFactoryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Creates_the_folder_of_the_sqlite_file()
    {
        var file = Path.Combine(_root, "deep", "er", "ledger.db");
        var outcome = DatabaseFactory.Open(new StorageOptions { ConnectionString = $"Data Source={file}" });

        Assert.True(outcome.TryGet(out var database, out _));
        await using (database)
        {
            Assert.True(File.Exists(file));
            Assert.Equal(SqlDialect.Sqlite, database.Dialect);
        }
    }

    [Fact]
    public async Task A_new_sqlite_ledger_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Modes are those of Unix.");
            return;
        }

        var file = Path.Combine(_root, "owned.db");
        Assert.True(DatabaseFactory.Open(new StorageOptions { ConnectionString = $"Data Source={file}" }).TryGet(out var database, out _));
        await using (database)
        {
            await database.WriteAsync(tx => tx.ExecuteAsync("CREATE TABLE t (a INTEGER)"), TestContext.Current.CancellationToken);

            foreach (var each in (string[])[file, file + "-wal", file + "-shm"])
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(each));
            }
        }
    }

    [Theory]
    [InlineData("sqlite", "Data Source=x.db", "Storage:Provider")]
    [InlineData("Oracle", "", "Storage:Provider")]
    [InlineData("Sqlite", "Nonsense", "Storage:ConnectionString")]
    [InlineData("Sqlite", "Unknown Word=1", "Storage:ConnectionString")]
    [InlineData("Sqlite", "Data Source=:memory:", "Storage:ConnectionString")]
    [InlineData("Sqlite", "Data Source=x.db;Mode=ReadOnly", "Storage:ConnectionString")]
    [InlineData("Sqlite", "Data Source=/dev/null/x.db", "Storage:ConnectionString")]
    [InlineData("PostgreSql", "", "Storage:ConnectionString")]
    [InlineData("PostgreSql", "Nonsense", "Storage:ConnectionString")]
    [InlineData("PostgreSql", "Host=h;Port=many", "Storage:ConnectionString")]
    public void A_wrong_value_is_refused_with_the_name_of_its_key(string provider, string connectionString, string key)
    {
        var outcome = DatabaseFactory.Open(new StorageOptions { Provider = provider, ConnectionString = connectionString });

        Assert.Equal("configuration_invalid", outcome.Refusal?.Code);
        Assert.Contains(key, outcome.Refusal?.Detail, StringComparison.Ordinal);
    }
}
