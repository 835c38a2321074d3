using System.Data.Common;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Server.Tests.OpenId;

/// <summary>A database that counts what is asked of it.</summary>
internal sealed class CountedDatabase(Database inner) : Database
{
    private int _reads;
    private int _writes;

    public (int Reads, int Writes) Count => (_reads, _writes);

    public override SqlDialect Dialect => inner.Dialect;

    public override Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        return inner.ReadAsync(query, cancellationToken);
    }

    public override Task<T> WriteAsync<T>(Func<WriteTransaction, Task<T>> act, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _writes);
        return inner.WriteAsync(act, cancellationToken);
    }

    public override Task<int> ExecuteAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _writes);
        return inner.ExecuteAsync(statements, cancellationToken);
    }

    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
