using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

public sealed class SqliteLedger : LedgerFixture
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;
    private int _count;

    protected override bool IsAvailable => true;

    protected override Task<Database> CreateAsync() =>
        Task.FromResult<Database>(new SqliteDatabase($"Data Source={Path.Combine(_folder, $"{Interlocked.Increment(ref _count)}.db")}"));

    protected override Database Open(Database same) => new SqliteDatabase($"Data Source={((SqliteDatabase)same).FilePath}");

    protected override Task DeleteAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
