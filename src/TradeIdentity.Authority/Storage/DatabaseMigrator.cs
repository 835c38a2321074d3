using System.Reflection;
using DbUp;
using DbUp.Engine;
using Npgsql;
using TradeIdentity.Authority.Operators.Names;

namespace TradeIdentity.Authority.Storage;

/// <summary>
/// Brings a database to this program's schema: numbered scripts, forward only, embedded by dialect. All that is missing
/// is applied in one transaction. Instances that start together take turns; those that come late find nothing to do.
/// </summary>
public static class DatabaseMigrator
{
    private const string Journal = "schema_versions";

    // Any number will do as long as nothing else on the server takes it: "TIMIGRAT" in ASCII.
    private const long MigrationLock = 0x54494D4947524154;

    /// <returns>The names of the scripts that were applied, in order; none when the database was up to date.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(Database database, CancellationToken cancellationToken)
    {
        if (database is not PostgreSqlDatabase server)
        {
            // SQLite: BEGIN IMMEDIATE comes before the journal is read, so a second process waits at that.
            return await ApplyAsync(database, cancellationToken).ConfigureAwait(false);
        }

        await using var turn = new NpgsqlConnection(server.ConnectionString);
        await turn.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", turn) { Parameters = { new() { Value = MigrationLock } } })
        {
            await take.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        var applied = await ApplyAsync(database, cancellationToken).ConfigureAwait(false);
        await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", turn) { Parameters = { new() { Value = MigrationLock } } };
        await release.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        return applied;
    }

    /// <summary>The names of the scripts that are not applied yet, in order.</summary>
    public static IReadOnlyList<string> Pending(Database database) =>
        Engine(database).GetScriptsToExecute().ConvertAll(script => script.Name);

    /// <summary>The names of scripts that were applied and that this program does not know: the database is newer.</summary>
    public static IReadOnlyList<string> Unknown(Database database) => Engine(database).GetExecutedButNotDiscoveredScripts();

    private static async Task<IReadOnlyList<string>> ApplyAsync(Database database, CancellationToken cancellationToken)
    {
        var result = Engine(database).PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
        }

        await OperatorNames.FillAsync(database, cancellationToken).ConfigureAwait(false);
        return [.. result.Scripts.Select(script => script.Name)];
    }

    private static UpgradeEngine Engine(Database database)
    {
        var (to, folder) = database switch
        {
            SqliteDatabase sqlite => (DeployChanges.To.SqliteDatabase(sqlite.ConnectionString).JournalToSqliteTable(Journal), "Sqlite"),
            PostgreSqlDatabase server => (DeployChanges.To.PostgresqlDatabase(server.ConnectionString).JournalToPostgresqlTable(server.Schema, Journal), "PostgreSql"),
            _ => throw new ArgumentException("Not a database of this program.", nameof(database)),
        };
        var prefix = $"{typeof(DatabaseMigrator).Namespace}.Migrations.{folder}.";
        return to.WithScripts(Scripts(prefix)).WithTransaction().WithVariablesDisabled().LogToNowhere().Build();
    }

    private static IEnumerable<SqlScript> Scripts(string prefix)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            yield return SqlScript.FromStream(resource[prefix.Length..^".sql".Length], stream);
        }
    }
}
