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

    public override Task<T> WriteAsync<T>(Func<WriteTransaction, Task<T>> act, CancellationToken cancellationToken) =>
        TryAgainWhenLostAsync(() => WriteOnceAsync(act, cancellationToken));

    public override Task<int> ExecuteAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
        TryAgainWhenLostAsync(() => ExecuteOnceAsync(statements, cancellationToken));

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task<T> TryAgainWhenLostAsync<T>(Func<Task<T>> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write().ConfigureAwait(false);
            }
            catch (PostgresException lost) when (attempt < MaxAttempts && LostToAnother(lost))
            {
            }
        }
    }

    // Without a transaction around it, a batch is one on the server: it begins, runs and commits in a single round trip.
    private async Task<int> ExecuteOnceAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(RowBatch.Command(statement.Sql, RowBatch.ColumnsOf(statement.Row.GetType(), statement.Sql), statement.Row));
        }

        // Not cancellable: a commit that is under way would leave its caller not knowing.
        return await batch.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

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
