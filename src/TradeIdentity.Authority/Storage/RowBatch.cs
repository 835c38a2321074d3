using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace TradeIdentity.Authority.Storage;

/// <summary>
/// Executes one statement for each of many rows: on PostgreSQL all in one round trip, on SQLite as one prepared command.
/// Dapper would look every parameter up again for every row, on the one thread that writes.
/// </summary>
internal static class RowBatch
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Columns = new();

    /// <param name="tx">The act's transaction.</param>
    /// <param name="sql">Names the properties of a row as parameters.</param>
    /// <param name="rows">Private row records: strings, longs, bytes, or null.</param>
    public static Task ExecuteAsync<T>(WriteTransaction tx, string sql, IEnumerable<T> rows)
        where T : notnull
    {
        var named = ColumnsOf(typeof(T), sql);
        return tx.Dialect == SqlDialect.Sqlite
            ? ExecutePreparedAsync(tx, sql, named, rows)
            : ExecuteAtOnceAsync(tx, sql, named, rows);
    }

    /// <summary>Those properties of a row that the statement names.</summary>
    public static PropertyInfo[] ColumnsOf(Type row, string sql)
    {
        var columns = Columns.GetOrAdd(row, type => [.. type.GetProperties().Where(column => column.GetIndexParameters().Length == 0)]);
        return Array.FindAll(columns, column => sql.Contains($"@{column.Name}", StringComparison.Ordinal));
    }

    public static NpgsqlBatchCommand Command(string sql, PropertyInfo[] columns, object row)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns)
        {
            var parameter = new NpgsqlParameter(column.Name, column.GetValue(row) ?? DBNull.Value);
            // A null says nothing of its type, and the server cannot always tell.
            if (TypeOfNull(column.PropertyType) is { } type)
            {
                parameter.NpgsqlDbType = type;
            }

            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static NpgsqlDbType? TypeOfNull(Type column) =>
        column == typeof(string) ? NpgsqlDbType.Text
        : column == typeof(long?) ? NpgsqlDbType.Bigint
        : column == typeof(byte[]) ? NpgsqlDbType.Bytea
        : null;

    private static async Task ExecutePreparedAsync<T>(WriteTransaction tx, string sql, PropertyInfo[] columns, IEnumerable<T> rows)
        where T : notnull
    {
        var command = new SqliteCommand(sql, (SqliteConnection)tx.Connection, (SqliteTransaction)tx.Transaction);
        await using (command.ConfigureAwait(false))
        {
            var parameters = Array.ConvertAll(columns, column => command.Parameters.Add(new SqliteParameter { ParameterName = $"@{column.Name}" }));
            foreach (var row in rows)
            {
                tx.CancellationToken.ThrowIfCancellationRequested();
                for (var i = 0; i < columns.Length; i++)
                {
                    parameters[i].Value = columns[i].GetValue(row) ?? DBNull.Value;
                }

                await command.ExecuteNonQueryAsync(tx.CancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task ExecuteAtOnceAsync<T>(WriteTransaction tx, string sql, PropertyInfo[] columns, IEnumerable<T> rows)
        where T : notnull
    {
        var batch = new NpgsqlBatch((NpgsqlConnection)tx.Connection, (NpgsqlTransaction)tx.Transaction);
        await using (batch.ConfigureAwait(false))
        {
            foreach (var row in rows)
            {
                batch.BatchCommands.Add(Command(sql, columns, row));
            }

            if (batch.BatchCommands.Count > 0)
            {
                await batch.ExecuteNonQueryAsync(tx.CancellationToken).ConfigureAwait(false);
            }
        }
    }
}
