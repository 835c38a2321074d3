using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

public sealed class DatabaseOnSqliteTests(SqliteLedger ledger) : DatabaseTests(ledger), IClassFixture<SqliteLedger>;

public sealed class DatabaseOnPostgreSqlTests(PostgreSqlLedger ledger) : DatabaseTests(ledger), IClassFixture<PostgreSqlLedger>;

/// <summary>What an act may rely on, on both databases.</summary>
public abstract class DatabaseTests(LedgerFixture ledger)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_act_is_stored_whole_and_answers()
    {
        var database = await WithNotesAsync();

        var answer = await database.WriteAsync(
            async tx =>
            {
                await NoteAsync(tx, "one");
                await NoteAsync(tx, "two");
                return await tx.ScalarAsync<long>("SELECT COUNT(*) FROM notes");
            },
            Cancellation);

        Assert.Equal(2, answer);
        Assert.Equal(["one", "two"], await NotesAsync(database));
    }

    [Fact]
    public async Task An_act_that_throws_leaves_nothing_and_its_exception_reaches_the_caller()
    {
        var database = await WithNotesAsync();

        var thrown = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => database.WriteAsync<int>(
            async tx =>
            {
                await NoteAsync(tx, "half");
                throw new InvalidTimeZoneException("mine");
            },
            Cancellation));

        Assert.Equal("mine", thrown.Message);
        Assert.Empty(await NotesAsync(database));
    }

    [Fact]
    public async Task One_of_three_acts_at_once_fails_and_the_two_others_are_stored()
    {
        var database = await WithNotesAsync();
        var acts = await AtOnceAsync(
            database,
            tx => NoteAsync(tx, "first"),
            async tx =>
            {
                await NoteAsync(tx, "second");
                await NoteAsync(tx, "second");
            },
            tx => NoteAsync(tx, "third"));

        Assert.Equal([true, false, true], acts.Select(act => act.IsCompletedSuccessfully));
        Assert.Equal(["first", "third"], await NotesAsync(database));
    }

    [Fact]
    public async Task Two_hundred_writers_at_once_all_are_stored()
    {
        var database = await WithNotesAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => database.WriteAsync(
            async tx =>
            {
                await NoteAsync(tx, $"{i:000}");
                return i;
            },
            Cancellation)));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i:000}"), await NotesAsync(database));
    }

    [Fact]
    public async Task What_was_answered_is_seen_by_the_next_read_of_another_instance()
    {
        var database = await WithNotesAsync();
        var other = ledger.OpenAgain(database);
        for (var i = 0; i < 20; i++)
        {
            await database.WriteAsync(tx => tx.ExecuteAsync("INSERT INTO notes (text) VALUES (@text)", new { text = $"{i}" }), Cancellation);
            Assert.Equal(i + 1, (await NotesAsync(other)).Count);
        }
    }

    [Fact]
    public async Task A_reader_is_not_blocked_by_an_open_act_and_does_not_see_it()
    {
        var database = await WithNotesAsync();

        var seenMeanwhile = await database.WriteAsync(
            async tx =>
            {
                await NoteAsync(tx, "not yet");
                return await NotesAsync(database);
            },
            Cancellation);

        Assert.Empty(seenMeanwhile);
        Assert.Equal(["not yet"], await NotesAsync(database));
    }

    [Fact]
    public async Task A_caller_that_cancelled_is_not_run()
    {
        var database = await WithNotesAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.WriteAsync(
            async tx =>
            {
                await NoteAsync(tx, "never");
                return 0;
            },
            cancelled.Token));

        Assert.Empty(await NotesAsync(database));
    }

    [Fact]
    public async Task A_violated_constraint_does_not_spoil_what_follows()
    {
        var database = await WithNotesAsync();
        await database.WriteAsync(tx => tx.ExecuteAsync("INSERT INTO notes (text) VALUES ('a')"), Cancellation);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            database.WriteAsync(tx => tx.ExecuteAsync("INSERT INTO notes (text) VALUES ('a')"), Cancellation));
        await database.WriteAsync(tx => tx.ExecuteAsync("INSERT INTO notes (text) VALUES ('b')"), Cancellation);

        Assert.Equal(["a", "b"], await NotesAsync(database));
    }

    [Fact]
    public async Task After_disposal_acts_are_refused()
    {
        var database = ledger.OpenAgain(ledger.Database);
        await database.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync(_ => Task.FromResult(0), Cancellation));
    }

    private static async Task<Task[]> AtOnceAsync(Database database, params Func<WriteTransaction, Task>[] acts)
    {
        // The first holds the writer until the others are asked for, so that SQLite takes them as one group.
        using var allAsked = new SemaphoreSlim(0);
        var gate = database.WriteAsync(
            async _ =>
            {
                await allAsked.WaitAsync(Cancellation);
                return 0;
            },
            Cancellation);
        Task[] running = [.. acts.Select(act => database.WriteAsync(
            async tx =>
            {
                await act(tx);
                return 0;
            },
            Cancellation))];
        allAsked.Release();
        await gate;
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return running;
    }

    private static Task<int> NoteAsync(WriteTransaction tx, string text) =>
        tx.ExecuteAsync("INSERT INTO notes (text) VALUES (@text)", new { text });

    private static async Task<List<string>> NotesAsync(Database database) =>
        await database.ReadAsync(async db => (await db.QueryAsync<string>("SELECT text FROM notes ORDER BY text")).AsList(), Cancellation);

    private async Task<Database> WithNotesAsync()
    {
        var database = await ledger.NewEmptyAsync();
        await database.WriteAsync(tx => tx.ExecuteAsync("CREATE TABLE notes (text TEXT PRIMARY KEY)"), Cancellation);
        return database;
    }
}
