using Dapper;
using Microsoft.Data.Sqlite;

namespace TradeIdentity.Authority.Storage;

/// <summary>Looks whether a database is whole and of this program's schema (<c>tradeid db check</c>). Changes nothing.</summary>
public static class DatabaseCheck
{
    /// <returns>What is wrong, a sentence each; none where all is well.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(Database database, CancellationToken cancellationToken)
    {
        try
        {
            var findings = await FindAsync(database, cancellationToken).ConfigureAwait(false);
            findings.AddRange(DatabaseMigrator.Pending(database).Select(script => $"Migration {script} is not applied: run 'tradeid db migrate'."));
            findings.AddRange(DatabaseMigrator.Unknown(database).Select(script => $"Migration {script} is of a newer program than this one."));
            return findings;
        }
        catch (SqliteException damaged) when (damaged.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
        {
            // Damage can be such that the check itself cannot go on.
            return [$"The file is damaged: {damaged.Message}"];
        }
    }

    // https://www.sqlite.org/rescode.html: SQLITE_CORRUPT, SQLITE_NOTADB
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    private static async Task<List<string>> FindAsync(Database database, CancellationToken cancellationToken) =>
        database.Dialect == SqlDialect.Sqlite
            ? [
                .. (await TextAsync(database, "PRAGMA integrity_check", cancellationToken).ConfigureAwait(false)).Where(line => line != "ok"),
                .. await TextAsync(
                    database,
                    """SELECT 'Row ' || COALESCE(rowid, '?') || ' of ' || "table" || ' refers to a missing row of ' || parent || '.' FROM pragma_foreign_key_check""",
                    cancellationToken).ConfigureAwait(false),
            ]
            : await TextAsync(
                database,
                """
                SELECT 'The server setting ' || name || ' is off: an act that was answered can be lost when the machine stops.'
                FROM pg_settings
                WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off'
                """,
                cancellationToken).ConfigureAwait(false);

    private static Task<List<string>> TextAsync(Database database, string sql, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db => (await db.QueryAsync<string>(new CommandDefinition(sql, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList(),
            cancellationToken);
}
