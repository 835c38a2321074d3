using System.Data.Common;

namespace TradeIdentity.Authority.Storage;

/// <summary>
/// The ledger's database. Reads run on pooled connections and see the last committed state;
/// an act writes in exactly one transaction: its facts, status bits and audit entry move together or not at all.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    public abstract SqlDialect Dialect { get; }

    /// <summary>Runs a query on a connection of its own.</summary>
    public abstract Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken);

    /// <summary>
    /// Runs one act in one transaction and returns when it is durable. An exception from <paramref name="act"/> rolls
    /// back all the act did (and nothing of another act), and is thrown here.
    /// </summary>
    public abstract Task<T> WriteAsync<T>(Func<WriteTransaction, Task<T>> act, CancellationToken cancellationToken);

    /// <summary>
    /// Runs statements that are known beforehand as one act, all or none, and returns when they are durable: on PostgreSQL in
    /// one round trip, where an act with a transaction of its own takes two or more.
    /// </summary>
    /// <returns>How many rows they changed together.</returns>
    public abstract Task<int> ExecuteAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken);

    public Task<int> ExecuteAsync(string sql, object row, CancellationToken cancellationToken) => ExecuteAsync([new(sql, row)], cancellationToken);

    /// <summary>Has the files forget what was erased, as far as the database leaves that to its program: PostgreSQL does it by itself, in its own time.</summary>
    public virtual Task ForgetErasedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
