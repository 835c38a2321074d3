using System.Data;
using System.Data.Common;
using Npgsql;

namespace TradeIdentity.Authority.Storage;

/// <summary>The ledger on a PostgreSQL server, shared by many instances. Acts run at READ COMMITTED, one transaction each.</summary>
public sealed class PostgreSqlDatabase : Database
{
    // An act is SQL alone, so one that lost to another (deadlock, serialization) can be run again from its start.
    private const int MaxAttempts = 5;

    private readonly NpgsqlDataSource _source;

    public PostgreSqlDatabase(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        if (builder.ConnectionStringBuilder.MaxAutoPrepare == 0)
        {
            builder.ConnectionStringBuilder.MaxAutoPrepare = 100;
            builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        }

        ConnectionString = builder.ConnectionString;
        Schema = builder.ConnectionStringBuilder.SearchPath ?? "public";
        _source = builder.Build();
    }

    public override SqlDialect Dialect => SqlDialect.PostgreSql;

    internal string ConnectionString { get; }

    /// <summary>Where the tables are: <c>Search Path</c> of the connection string, a single schema.</summary>
    internal string Schema { get; }

    public override async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await query(connection).ConfigureAwait(false);
    }

    public override async Task<T> WriteAsync<T>(Func<WriteTransaction, Task<T>> act, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnceAsync(act, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException lost) when (attempt < MaxAttempts && LostToAnother(lost))
            {
            }
        }
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<T> WriteOnceAsync<T>(Func<WriteTransaction, Task<T>> act, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection
            .BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        var result = await act(new WriteTransaction(connection, transaction, SqlDialect.PostgreSql, cancellationToken)).ConfigureAwait(false);
        // Not cancellable: a commit that is under way would leave its caller not knowing.
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return result;
    }

    private static bool LostToAnother(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
}
