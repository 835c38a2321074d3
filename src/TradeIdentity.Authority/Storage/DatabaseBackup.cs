using Microsoft.Data.Sqlite;

namespace TradeIdentity.Authority.Storage;

/// <summary>Copies the ledger to a file while the server works (<c>tradeid db backup</c>).</summary>
public static class DatabaseBackup
{
    /// <summary>
    /// Answers the length of the copy in bytes. The copy is the state of one moment, readable by its owner alone, and
    /// appears under its name only when it is whole. An existing file is never overwritten.
    /// </summary>
    public static async Task<Outcome<long>> ExecuteAsync(Database database, string file, CancellationToken cancellationToken)
    {
        if (database.Dialect == SqlDialect.PostgreSql)
        {
            return new Refusal("backup_by_pg_dump", "PostgreSQL is backed up with its own tools: pg_dump, or a base backup with archived WAL.");
        }

        if (File.Exists(file))
        {
            return new Refusal("backup_file_exists", $"{file} exists; a backup never overwrites.");
        }

        var partial = $"{file}.partial";
        try
        {
            CreateEmpty(partial);
            await database.ReadAsync(source => CopyAsync((SqliteConnection)source, partial), cancellationToken).ConfigureAwait(false);
            File.Move(partial, file, overwrite: false);
            return new FileInfo(file).Length;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return new Refusal("backup_not_written", $"The backup cannot be written: {unwritable.Message}");
        }
    }

    private static void CreateEmpty(string file)
    {
        var owner = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var empty = new FileStream(file, owner);
    }

    private static async Task<int> CopyAsync(SqliteConnection source, string file)
    {
        await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await copy.OpenAsync().ConfigureAwait(false);
        // One step in one read transaction: in WAL mode the writer goes on meanwhile.
        source.BackupDatabase(copy);
        return 0;
    }
}
