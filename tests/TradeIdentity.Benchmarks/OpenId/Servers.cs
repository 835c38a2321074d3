using System.Security.Cryptography;
using System.Text;
using TradeIdentity.Benchmarks.Storage;

namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>The servers that are loaded: this one, and those it is measured against, each a process of its own.</summary>
internal static class Servers
{
    public const string StockClient = "benchmark";

    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <param name="folder">Where its data is; kept between two starts.</param>
    /// <param name="postgres">The connection string of an empty database; null for SQLite in the folder.</param>
    /// <param name="more">What its configuration has beside that.</param>
    public static Task<ServerProcess> StartOursAsync(string folder, string? postgres = null, params (string Name, string Value)[] more)
    {
        var address = ServerProcess.FreeAddress();
        var configuration = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Issuer__BaseUrl"] = address.ToString().TrimEnd('/'),
            ["Issuer__Code"] = "NL",
            ["Issuer__Country"] = "NL",
            ["Issuer__Names__en"] = "Benchmark",
            ["Storage__Provider"] = postgres is null ? "Sqlite" : "PostgreSql",
            ["Storage__ConnectionString"] = postgres ?? $"Data Source={SqliteFile(folder)}",
            ["Keys__EncryptionKey"] = Key,
            // One person and one client do here what thousands do.
            ["RateLimits__AccountRequests"] = "100000000",
            ["RateLimits__ClientRequests"] = "100000000",
            ["RateLimits__AddressRequests"] = "100000000",
            ["RateLimits__AddressOpenRequests"] = "100000000",
        };
        foreach (var (name, value) in more)
        {
            configuration.Add(name, value);
        }

        return ServerProcess.StartAsync("src/TradeIdentity.Server", folder, address, [], configuration);
    }

    public static string SqliteFile(string folder) => Path.Combine(folder, "ours.db");

    public static Task<ServerProcess> StartStockAsync(string folder, string secret)
    {
        var address = ServerProcess.FreeAddress();
        return ServerProcess.StartAsync(
            "tests/TradeIdentity.Benchmarks.StockServer",
            folder, address, [address.ToString(), Path.Combine(folder, "stock.db"), StockClient, secret], []);
    }

    /// <summary><c>oidc-provider</c> of npm with its store in memory.</summary>
    public static async Task<ServerProcess> StartOidcProviderAsync(string secret)
    {
        var folder = Repository.PathOf("tests/TradeIdentity.Benchmarks/OidcProvider");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            await ServerProcess.RunAsync("npm", ["ci", "--silent"], folder);
        }

        var address = ServerProcess.FreeAddress();
        return await ServerProcess.StartProgramAsync("node", ["server.mjs", address.ToString(), StockClient, secret], folder, address, []);
    }

    public static string SecretOfDemonstration(string folder) => File.ReadAllText(Path.Combine(folder, "data", "demonstration-client.secret")).Trim();

    public static byte[] ClientCredentials(string clientId, string secret) =>
        Encoding.ASCII.GetBytes($"grant_type=client_credentials&client_id={clientId}&client_secret={Uri.EscapeDataString(secret)}&scope=operators.read");
}
