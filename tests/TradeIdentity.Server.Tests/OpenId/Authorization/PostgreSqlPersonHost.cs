using System.Security.Cryptography;
using Npgsql;

namespace TradeIdentity.Server.Tests.OpenId.Authorization;

/// <summary>The same server on a database of its own on the PostgreSQL server of the tests.</summary>
public sealed class PostgreSqlPersonHost : PersonHost
{
    private readonly string? _server = Environment.GetEnvironmentVariable("TRADEIDENTITY_TEST_POSTGRES");
    private readonly string _name = $"ti_test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    protected override async Task<string[]> StorageAsync(string folder)
    {
        if (string.IsNullOrEmpty(_server))
        {
            Assert.Skip("No PostgreSQL: set TRADEIDENTITY_TEST_POSTGRES (tests/postgres.sh start prints it).");
        }

        await RunAsync($"CREATE DATABASE {_name}");
        return ["--Storage:Provider", "PostgreSql", "--Storage:ConnectionString", new NpgsqlConnectionStringBuilder(_server) { Database = _name, MaxPoolSize = 20 }.ToString()];
    }

    protected override Task DeleteAsync() => RunAsync($"DROP DATABASE {_name} WITH (FORCE)");

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
