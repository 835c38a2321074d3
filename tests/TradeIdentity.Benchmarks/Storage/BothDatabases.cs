using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Benchmarks.Storage;

/// <summary>Measures on a new SQLite file, and on a PostgreSQL of the benchmark's own.</summary>
internal static class BothDatabases
{
    /// <param name="measure">With the name of the database, and the database: migrated and empty.</param>
    public static async Task<List<Figure>> MeasureAsync(Func<string, Database, Task<IEnumerable<Figure>>> measure)
    {
        var figures = new List<Figure>();
        var folder = Directory.CreateTempSubdirectory("tradeidentity-benchmark-").FullName;
        try
        {
            await using var sqlite = new SqliteDatabase($"Data Source={Path.Combine(folder, "ledger.db")}");
            await DatabaseMigrator.MigrateAsync(sqlite, CancellationToken.None);
            figures.AddRange(await measure("sqlite", sqlite));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await using var server = await PostgreSqlProcess.StartAsync();
        await using var postgres = new PostgreSqlDatabase(server.ConnectionString);
        await DatabaseMigrator.MigrateAsync(postgres, CancellationToken.None);
        figures.AddRange(await measure("postgresql", postgres));
        return figures;
    }
}
