using Dapper;
using Microsoft.Data.Sqlite;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

public sealed class SqliteLedger : LedgerFixture
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;
    private int _count;

    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    protected override bool IsAvailable => true;

    protected override Task<Database> CreateAsync() =>
        Task.FromResult<Database>(new SqliteDatabase($"Data Source={NewPath()}"));

    protected override async Task<Database> CreateMigratedAsync()
    {
        var path = NewPath();
        await File.WriteAllBytesAsync(path, await Migrated.Value);
        return new SqliteDatabase($"Data Source={path}");
    }

    protected override Database Open(Database same) => new SqliteDatabase($"Data Source={((SqliteDatabase)same).FilePath}");

    protected override Task DeleteAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private static async Task<byte[]> MigrateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;
        var copy = Path.Combine(folder, "copy.db");
        var file = $"Data Source={Path.Combine(folder, "migrated.db")}";
        await using (var database = new SqliteDatabase(file))
        {
            await DatabaseMigrator.MigrateAsync(database, CancellationToken.None);
            await using var connection = new SqliteConnection(file + ";Pooling=False");
            await connection.ExecuteAsync("VACUUM INTO @copy", new { copy });
        }

        var bytes = await File.ReadAllBytesAsync(copy);
        Directory.Delete(folder, recursive: true);
        return bytes;
    }

    private string NewPath() => Path.Combine(_folder, $"{Interlocked.Increment(ref _count)}.db");
}
