using System.Text.RegularExpressions;

namespace TradeIdentity.Benchmarks.Storage;

/// <summary>A PostgreSQL of the benchmark's own, durable as it is set up by default, gone afterwards.</summary>
internal sealed partial class PostgreSqlProcess : IAsyncDisposable
{
    private readonly string _folder;

    private PostgreSqlProcess(string connectionString, string folder) => (ConnectionString, _folder) = (connectionString, folder);

    public string ConnectionString { get; }

    public static async Task<PostgreSqlProcess> StartAsync()
    {
        var said = await ServerProcess.RunAsync("bash", ["tests/postgres.sh", "start"], Repository.PathOf("."));
        return new PostgreSqlProcess(Value(said, "TRADEIDENTITY_TEST_POSTGRES"), Value(said, "TRADEIDENTITY_TEST_POSTGRES_DIR"));
    }

    public async ValueTask DisposeAsync() => await ServerProcess.RunAsync("bash", ["tests/postgres.sh", "stop", _folder], Repository.PathOf("."));

    private static string Value(string said, string name) =>
        Assignment().Matches(said).Single(match => match.Groups[1].Value == name).Groups[2].Value;

    [GeneratedRegex("^export ([A-Z_]+)='([^']*)'", RegexOptions.Multiline)]
    private static partial Regex Assignment();
}
