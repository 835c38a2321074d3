using System.Security.Cryptography;
using Npgsql;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Tests.Storage;

/// <summary>Databases of the server, one for each ledger.</summary>
public sealed class PostgreSqlLedger : LedgerFixture
{
    private readonly string? _server = Environment.GetEnvironmentVariable("TRADEIDENTITY_TEST_POSTGRES");
    private readonly Dictionary<Database, string> _connectionStrings = [];
    private readonly List<string> _names = [];

    protected override bool IsAvailable => !string.IsNullOrEmpty(_server);

    protected override async Task<Database> CreateAsync()
    {
        var name = NewName();
        await PostgreSqlTemplate.RunAsync(_server!, $"CREATE DATABASE {name}");
        return OpenNamed(name);
    }

    protected override async Task<Database> CreateMigratedAsync()
    {
        var name = NewName();
        await PostgreSqlTemplate.CopyAsync(name);
        return OpenNamed(name);
    }

    protected override Database Open(Database same) => Open(_connectionStrings[same]);

    protected override async Task DeleteAsync()
    {
        foreach (var name in _names)
        {
            await PostgreSqlTemplate.RunAsync(_server!, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
    }

    private string NewName()
    {
        var name = $"ti_test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        _names.Add(name);
        return name;
    }

    private PostgreSqlDatabase OpenNamed(string name) =>
        Open(new NpgsqlConnectionStringBuilder(_server) { Database = name, MaxPoolSize = 20 }.ToString());

    private PostgreSqlDatabase Open(string connectionString)
    {
        var database = new PostgreSqlDatabase(connectionString);
        _connectionStrings.Add(database, connectionString);
        return database;
    }
}
