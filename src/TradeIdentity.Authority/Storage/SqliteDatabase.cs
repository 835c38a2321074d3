using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace TradeIdentity.Authority.Storage;

/// <summary>
/// The embedded ledger: one file, many readers, one writer. Acts queue for the writer, which commits all that wait in
/// one transaction (group commit: one flush to disk for many acts), each act inside a savepoint of its own.
/// </summary>
public sealed class SqliteDatabase : Database
{
    // Acts that may wait before callers are held back.
    private const int MaxQueuedActs = 1024;

    private readonly string _connectionString;
    private readonly Channel<QueuedAct> _queue = Channel.CreateBounded<QueuedAct>(
        new BoundedChannelOptions(MaxQueuedActs) { SingleReader = true });

    private readonly ConcurrentBag<SqliteConnection> _idleReaders = [];
    private readonly SemaphoreSlim _readers = new(Math.Max(8, Environment.ProcessorCount * 4));
    private readonly SqliteConnection _writer;
    private readonly Task _writing;
    private volatile bool _disposed;

    /// <param name="connectionString">As of Microsoft.Data.Sqlite, naming a file; the file is created, its folder is not.</param>
    public SqliteDatabase(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, ForeignKeys = true };
        FilePath = Path.GetFullPath(builder.DataSource);
        _connectionString = builder.ToString();
        // Secure delete: what is erased is overwritten, and not only let go.
        // Recursive triggers: INSERT OR REPLACE deletes, and only so does the trigger against that see it.
        _writer = Open(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA temp_store = MEMORY;
            PRAGMA recursive_triggers = ON;
            PRAGMA secure_delete = ON;
            PRAGMA cache_size = -16384;
            PRAGMA wal_autocheckpoint = 4000;
            PRAGMA journal_size_limit = 67108864;
            """);
        // A thread of its own: a flush to disk must not hold a thread of the pool that serves requests.
        _writing = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public override SqlDialect Dialect => SqlDialect.Sqlite;

    public string FilePath { get; }

    internal string ConnectionString => _connectionString;

    public override async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _readers.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_idleReaders.TryTake(out var connection))
            {
                connection = Open("PRAGMA query_only = ON; PRAGMA cache_size = -1024;");
            }

            // Only a connection whose query went well is used again.
            var result = await QueryAsync(connection, query).ConfigureAwait(false);
            _idleReaders.Add(connection);
            return result;
        }
        finally
        {
            _readers.Release();
        }
    }

    public override async Task<T> WriteAsync<T>(Func<WriteTransaction, Task<T>> act, CancellationToken cancellationToken)
    {
        var queued = new QueuedAct<T>(act, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(queued, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteDatabase));
        }

        return await queued.Outcome.ConfigureAwait(false);
    }

    public override Task<int> ExecuteAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
        WriteAsync(
            async tx =>
            {
                var changed = 0;
                foreach (var statement in statements)
                {
                    changed += await tx.ExecuteAsync(statement.Sql, statement.Row).ConfigureAwait(false);
                }

                return changed;
            },
            cancellationToken);

    /// <summary>Moves the write-ahead log into the file and cuts it off: pages of before are in it until then. A long read puts it off to the next time.</summary>
    public override Task ForgetErasedAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var connection = Open("PRAGMA wal_checkpoint(TRUNCATE);");
        },
        cancellationToken);

    /// <summary>Finishes the acts that wait, then closes.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _queue.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        while (_idleReaders.TryTake(out var reader))
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }

        await _writer.DisposeAsync().ConfigureAwait(false);
        _readers.Dispose();
    }

    private void WriteLoop()
    {
        var commit = new GroupCommit(_writer);
        try
        {
            while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                commit.Run(_queue.Reader);
            }
        }
        finally
        {
            // Reached early only when the writer itself broke: nobody is left waiting for it.
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var waiting))
            {
                waiting.Fail(new ObjectDisposedException(nameof(SqliteDatabase)));
            }
        }
    }

    private static async Task<T> QueryAsync<T>(SqliteConnection connection, Func<DbConnection, Task<T>> query)
    {
        var answer = query(connection);
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!answer.IsCompletedSuccessfully)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        return await answer.ConfigureAwait(false);
    }

    private SqliteConnection Open(string pragmas)
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        // SQLite's own waiting is finer than the provider's, which polls every 150 ms. It goes first: WAL needs a lock too.
        command.CommandText = "PRAGMA busy_timeout = 10000;" + pragmas;
        command.ExecuteNonQuery();
        return connection;
    }
}
