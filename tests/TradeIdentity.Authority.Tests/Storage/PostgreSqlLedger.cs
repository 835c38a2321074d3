using System.Security.Cryptography;
using Npgsql;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

/// <summary>One database of the server for the test class; each ledger is a schema in it, which is made in no time.</summary>
public sealed class PostgreSqlLedger : LedgerFixture
{
    private readonly string? _server = Environment.GetEnvironmentVariable("TRADEIDENTITY_TEST_POSTGRES");
    private readonly string _name = $"ti_test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
    private readonly Dictionary<Database, string> _connectionStrings = [];
    private int _count;

    protected override bool IsAvailable => !string.IsNullOrEmpty(_server);

    protected override async Task<Database> CreateAsync()
    {
        if (_count == 0)
        {
            await RunAsync(_server!, $"CREATE DATABASE {_name}");
        }

        var schema = $"ledger_{++_count}";
        var ledger = new NpgsqlConnectionStringBuilder(_server) { Database = _name, SearchPath = schema, MaxPoolSize = 20 }.ToString();
        await RunAsync(ledger, $"CREATE SCHEMA {schema}");
        return Open(ledger);
    }

    protected override Database Open(Database same) => Open(_connectionStrings[same]);

    protected override async Task DeleteAsync()
    {
        if (_count > 0)
        {
            await RunAsync(_server!, $"DROP DATABASE {_name} WITH (FORCE)");
        }
    }

    private PostgreSqlDatabase Open(string connectionString)
    {
        var database = new PostgreSqlDatabase(connectionString);
        _connectionStrings.Add(database, connectionString);
        return database;
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
