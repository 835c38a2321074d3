using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Npgsql;

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
        var columns = Columns.GetOrAdd(typeof(T), type => [.. type.GetProperties().Where(column => column.GetIndexParameters().Length == 0)]);
        var named = Array.FindAll(columns, column => sql.Contains($"@{column.Name}", StringComparison.Ordinal));
        return tx.Dialect == SqlDialect.Sqlite
            ? ExecutePreparedAsync(tx, sql, named, rows)
            : ExecuteAtOnceAsync(tx, sql, named, rows);
    }

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
                var command = new NpgsqlBatchCommand(sql);
                foreach (var column in columns)
                {
                    command.Parameters.Add(new NpgsqlParameter(column.Name, column.GetValue(row) ?? DBNull.Value));
                }

                batch.BatchCommands.Add(command);
            }

            if (batch.BatchCommands.Count > 0)
            {
                await batch.ExecuteNonQueryAsync(tx.CancellationToken).ConfigureAwait(false);
            }
        }
    }
}
