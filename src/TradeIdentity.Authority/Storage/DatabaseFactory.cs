using Microsoft.Data.Sqlite;
using Npgsql;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Authority.Storage;

/// <summary>Opens the database that the configuration names.</summary>
public static class DatabaseFactory
{
    private const string DefaultSqlite = "Data Source=data/tradeidentity.db";

    /// <summary>
    /// Opens it; the folder of a SQLite file is created. Refused with the name of the configuration key where
    /// <c>Storage:Provider</c> or <c>Storage:ConnectionString</c> is wrong. Does not migrate: see <see cref="DatabaseMigrator"/>.
    /// </summary>
    public static Outcome<Database> Open(StorageOptions options)
    {
        try
        {
            return options.Provider switch
            {
                "Sqlite" => OpenSqlite(options.ConnectionString),
                "PostgreSql" => OpenPostgreSql(options.ConnectionString),
                _ => Refused($"Storage:Provider is '{options.Provider}'; it must be Sqlite or PostgreSql."),
            };
        }
        catch (ArgumentException malformed)
        {
            return Refused($"Storage:ConnectionString is malformed: {malformed.Message}");
        }
        catch (Exception unopened) when (unopened is SqliteException or IOException or UnauthorizedAccessException)
        {
            return Refused($"The database of Storage:ConnectionString cannot be opened: {unopened.Message}");
        }
    }

    private static Outcome<Database> OpenSqlite(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString.Length == 0 ? DefaultSqlite : connectionString);
        // Readers and the writer are connections of their own; in memory each would see a database of its own.
        if (builder.DataSource.Length == 0 || builder.DataSource.StartsWith(':') || builder.Mode != SqliteOpenMode.ReadWriteCreate)
        {
            return Refused("Storage:ConnectionString must name a file (Data Source=…) that can be written.");
        }

        CreateForOwner(Path.GetFullPath(builder.DataSource));
        return new SqliteDatabase(builder.ToString());
    }

    // The ledger holds the operators' data and the wrapped keys: a new one is for its owner alone, and SQLite gives the files
    // beside it the same mode. One that is there keeps the mode that it was given.
    private static void CreateForOwner(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (File.Exists(file) || OperatingSystem.IsWindows())
        {
            return;
        }

        // Shared: another process that starts at once may do the same.
        new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }).Dispose();
    }

    private static Outcome<Database> OpenPostgreSql(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString).Host is null
            ? Refused("Storage:ConnectionString must name a server (Host=…).")
            : new PostgreSqlDatabase(connectionString);

    private static Refusal Refused(string detail) => new("configuration_invalid", detail);
}
