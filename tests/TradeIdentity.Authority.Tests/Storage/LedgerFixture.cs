using System.Collections.Concurrent;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

/// <summary>
/// Databases for a test class, deleted after it. Write the tests in an abstract class that takes a LedgerFixture, and
/// derive one class for each database: <c>(SqliteLedger ledger) : …Tests(ledger), IClassFixture&lt;SqliteLedger&gt;</c>,
/// and the same with <see cref="PostgreSqlLedger"/>.
/// </summary>
public abstract class LedgerFixture : IAsyncLifetime
{
    private readonly ConcurrentBag<Database> _opened = [];
    private Database? _shared;

    /// <summary>Migrated, and shared by the tests of the class. Skips the test where the server is not there.</summary>
    public Database Database
    {
        get
        {
            SkipWhenAbsent();
            return _shared!;
        }
    }

    protected abstract bool IsAvailable { get; }

    /// <summary>A migrated database of this test's own.</summary>
    public async Task<Database> NewAsync()
    {
        SkipWhenAbsent();
        var database = await CreateMigratedAsync();
        _opened.Add(database);
        return database;
    }

    /// <summary>A database of this test's own, without any table.</summary>
    public async Task<Database> NewEmptyAsync()
    {
        SkipWhenAbsent();
        var database = await CreateAsync();
        _opened.Add(database);
        return database;
    }

    /// <summary>The same database opened again, as another instance of the program would.</summary>
    public Database OpenAgain(Database database)
    {
        var again = Open(database);
        _opened.Add(again);
        return again;
    }

    public async ValueTask InitializeAsync()
    {
        if (IsAvailable)
        {
            _shared = await NewAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        await DeleteAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<Database> CreateAsync();

    /// <summary>A copy of one that was migrated once for all: the migrations took most of the time of the tests.</summary>
    protected abstract Task<Database> CreateMigratedAsync();

    protected abstract Database Open(Database same);

    protected abstract Task DeleteAsync();

    private void SkipWhenAbsent()
    {
        if (!IsAvailable)
        {
            Assert.Skip("No PostgreSQL: set TRADEIDENTITY_TEST_POSTGRES (tests/postgres.sh start prints it).");
        }
    }
}
