using System.Security.Cryptography;
using Npgsql;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;

[assembly: AssemblyFixture(typeof(PostgreSqlTemplate))]

namespace TradeIdentity.Authority.Tests.Storage;

/// <summary>A migrated database of the server, of which the tests of this run have copies; deleted after the last.</summary>
public sealed class PostgreSqlTemplate : IAsyncDisposable
{
    private static readonly string Server = Environment.GetEnvironmentVariable("TRADEIDENTITY_TEST_POSTGRES") ?? "";
    private static readonly Lazy<Task<string>> Migrated = new(MigrateAsync);

    internal static async Task CopyAsync(string name) => await RunAsync(Server, $"CREATE DATABASE {name} TEMPLATE {await Migrated.Value}");

    internal static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        // To copy and to drop wait for a checkpoint, which on a busy disk takes as long as it takes.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)TimeSpan.FromMinutes(5).TotalSeconds };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Migrated.IsValueCreated)
        {
            await RunAsync(Server, $"DROP DATABASE {await Migrated.Value} WITH (FORCE)");
        }
    }

    // Nobody may be connected to what is copied.
    private static async Task<string> MigrateAsync()
    {
        var name = $"ti_template_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        await RunAsync(Server, $"CREATE DATABASE {name}");
        await using (var database = new PostgreSqlDatabase(new NpgsqlConnectionStringBuilder(Server) { Database = name, Pooling = false }.ToString()))
        {
            await DatabaseMigrator.MigrateAsync(database, CancellationToken.None);
        }

        return name;
    }
}
