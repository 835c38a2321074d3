using System.Collections.Concurrent;
using System.Reflection;
using Npgsql;

namespace TradeIdentity.Authority.Storage;

/// <summary>Executes one statement for each of many rows. On PostgreSQL all go in one round trip; SQLite has none to save.</summary>
internal static class RowBatch
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Columns = new();

    /// <param name="tx">The act's transaction.</param>
    /// <param name="sql">Names the properties of a row as parameters.</param>
    /// <param name="rows">Private row records: strings, longs, bytes, or null.</param>
    public static async Task ExecuteAsync<T>(WriteTransaction tx, string sql, IEnumerable<T> rows)
        where T : notnull
    {
        if (tx.Dialect == SqlDialect.Sqlite)
        {
            await tx.ExecuteAsync(sql, rows).ConfigureAwait(false);
            return;
        }

        var columns = Columns.GetOrAdd(typeof(T), type => [.. type.GetProperties().Where(column => column.GetIndexParameters().Length == 0)]);
        var named = Array.FindAll(columns, column => sql.Contains($"@{column.Name}", StringComparison.Ordinal));
        var batch = new NpgsqlBatch((NpgsqlConnection)tx.Connection, (NpgsqlTransaction)tx.Transaction);
        await using (batch.ConfigureAwait(false))
        {
            foreach (var row in rows)
            {
                var command = new NpgsqlBatchCommand(sql);
                foreach (var column in named)
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
