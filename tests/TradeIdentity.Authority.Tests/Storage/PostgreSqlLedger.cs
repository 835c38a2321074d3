using System.Security.Cryptography;
using Npgsql;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

public sealed class PostgreSqlLedger : LedgerFixture
{
    private readonly string? _server = Environment.GetEnvironmentVariable("TRADEIDENTITY_TEST_POSTGRES");
    private readonly Dictionary<Database, string> _connectionStrings = [];
    private readonly HashSet<string> _names = [];

    protected override bool IsAvailable => !string.IsNullOrEmpty(_server);

    protected override async Task<Database> CreateAsync()
    {
        var name = $"ti_test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        await OnServerAsync($"CREATE DATABASE {name}");
        _names.Add(name);
        return Open(new NpgsqlConnectionStringBuilder(_server) { Database = name, MaxPoolSize = 20 }.ToString());
    }

    protected override Database Open(Database same) => Open(_connectionStrings[same]);

    protected override async Task DeleteAsync()
    {
        foreach (var name in _names)
        {
            await OnServerAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private PostgreSqlDatabase Open(string connectionString)
    {
        var database = new PostgreSqlDatabase(connectionString);
        _connectionStrings.Add(database, connectionString);
        return database;
    }

    private async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
