using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

/// <summary>What the one writer of SQLite promises to those who wait for it.</summary>
public sealed class GroupCommitTests(SqliteLedger ledger) : IClassFixture<SqliteLedger>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acts_that_wait_share_commits()
    {
        var database = await WithNotesAsync();
        var commits = await CountCommitsAsync(database, () => 0);

        await using (var gate = await Gate.CloseAsync(database))
        {
            gate.Queue(200);
        }

        Assert.Equal(200, await CountAsync(database));
        // A transaction is bounded in time, so there may be some; one an act would be 200.
        Assert.InRange(commits.Value, 1, 60);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_all_acts_of_the_group_and_stores_none()
    {
        var database = await WithNotesAsync();
        var failing = false;
        await CountCommitsAsync(database, () => failing ? 1 : 0);

        var gate = await Gate.CloseAsync(database);
        var acts = gate.Queue(20);
        failing = true;
        await gate.DisposeAsync();
        failing = false;

        Assert.All(acts, act => Assert.IsType<SqliteException>(act.Exception?.InnerException));
        Assert.Equal(0, await CountAsync(database));
        await database.WriteAsync(tx => tx.ExecuteAsync("INSERT INTO notes (text) VALUES ('after')"), Cancellation);
        Assert.Equal(1, await CountAsync(database));
    }

    [Fact]
    public async Task A_caller_that_cancels_while_it_waits_is_told_at_once_and_not_run()
    {
        var database = await WithNotesAsync();
        using var impatient = new CancellationTokenSource();
        await using (await Gate.CloseAsync(database))
        {
            var waiting = database.WriteAsync(tx => tx.ExecuteAsync("INSERT INTO notes (text) VALUES ('never')"), impatient.Token);
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        Assert.Equal(0, await CountAsync(database));
    }

    [Fact]
    public async Task Callers_go_on_outside_the_writers_thread()
    {
        var database = await WithNotesAsync();
        var gate = await Gate.CloseAsync(database);
        var threads = Task.Run(
            async () =>
            {
                var writers = await database.WriteAsync(_ => Task.FromResult(Environment.CurrentManagedThreadId), Cancellation).ConfigureAwait(false);
                return (writers, mine: Environment.CurrentManagedThreadId);
            },
            Cancellation);
        await gate.DisposeAsync();

        var (writers, mine) = await threads;
        Assert.NotEqual(writers, mine);
    }

    [Fact]
    public async Task Disposal_finishes_the_acts_that_wait()
    {
        var database = await WithNotesAsync();
        var gate = await Gate.CloseAsync(database);
        var acts = gate.Queue(50);
        var disposed = database.DisposeAsync();
        await gate.DisposeAsync();
        await disposed;

        Assert.All(acts, act => Assert.True(act.IsCompletedSuccessfully));
        Assert.Equal(50, await CountAsync(ledger.OpenAgain(database)));
    }

    [Fact]
    public async Task A_read_cannot_write()
    {
        var database = await WithNotesAsync();

        await Assert.ThrowsAsync<SqliteException>(() => database.ReadAsync(db => db.ExecuteAsync("INSERT INTO notes (text) VALUES ('x')"), Cancellation));
        Assert.Equal(0, await CountAsync(database));
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    public async Task The_writer_is_set_to_be_durable(string pragma, string value) =>
        Assert.Equal(value, await (await WithNotesAsync()).WriteAsync(tx => tx.ScalarAsync<string>($"PRAGMA {pragma}"), Cancellation));

    private static Task<long> CountAsync(Database database) =>
        database.ReadAsync(db => db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM notes"), Cancellation);

    private static Task<Counter> CountCommitsAsync(Database database, Func<int> answer)
    {
        var counter = new Counter();
        // The commit of this act itself is the first that the hook sees.
        return database.WriteAsync(
            tx =>
            {
                raw.sqlite3_commit_hook(
                    ((SqliteConnection)tx.Connection).Handle,
                    _ =>
                    {
                        counter.Value++;
                        return answer();
                    },
                    null);
                return Task.FromResult(counter);
            },
            Cancellation);
    }

    private async Task<Database> WithNotesAsync()
    {
        var database = await ledger.NewEmptyAsync();
        await database.WriteAsync(tx => tx.ExecuteAsync("CREATE TABLE notes (text TEXT PRIMARY KEY)"), Cancellation);
        return database;
    }

    private sealed class Counter
    {
        public int Value { get; set; }
    }

    /// <summary>Holds the writer until it is disposed, so that what is asked meanwhile waits.</summary>
    private sealed class Gate(Database database) : IAsyncDisposable
    {
        private readonly SemaphoreSlim _open = new(0);
        private readonly List<Task> _waiting = [];

        public static async Task<Gate> CloseAsync(Database database)
        {
            var gate = new Gate(database);
            var closed = new TaskCompletionSource();
            gate._waiting.Add(database.WriteAsync(
                async _ =>
                {
                    closed.SetResult();
                    await gate._open.WaitAsync(Cancellation);
                    return 0;
                },
                Cancellation));
            await closed.Task;
            return gate;
        }

        public Task[] Queue(int count)
        {
            Task[] acts = [.. Enumerable.Range(0, count).Select(i =>
                database.WriteAsync(tx => tx.ExecuteAsync("INSERT INTO notes (text) VALUES (@i)", new { i = $"{i}" }), Cancellation))];
            _waiting.AddRange(acts);
            return acts;
        }

        public async ValueTask DisposeAsync()
        {
            _open.Release();
            await Task.WhenAll(_waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _open.Dispose();
        }
    }
}
