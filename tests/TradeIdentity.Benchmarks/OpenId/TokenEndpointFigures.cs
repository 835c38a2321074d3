using System.Security.Cryptography;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>
/// POST /connect/token with client credentials and a generated secret: this server, and a stock OpenIddict on Entity
/// Framework Core and SQLite, each a process of its own, loaded in turns by the same client.
/// </summary>
internal static class TokenEndpointFigures
{
    private const string ClientId = "benchmark";

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    public static IEnumerable<Figure> Measure() => MeasureAsync().GetAwaiter().GetResult();

    private static async Task<List<Figure>> MeasureAsync()
    {
        var secret = ClientSecrets.Generate();
        var folder = Directory.CreateTempSubdirectory("tradeidentity-benchmarks-").FullName;
        try
        {
            await using var ours = await StartOursAsync(folder, secret);
            await using var stock = await StartStockAsync(folder, secret);
            var load = new TokenLoad(ClientId, secret, "operators.read");

            // The first turn of each only warms up: compiled code, connections, caches of the database.
            await load.RunAsync(ours.Address, Turn);
            await load.RunAsync(stock.Address, Turn);
            List<double> oursPerSecond = [], stockPerSecond = [];
            for (var turn = 0; turn < 2; turn++)
            {
                oursPerSecond.AddRange(await load.RunAsync(ours.Address, Turn));
                stockPerSecond.AddRange(await load.RunAsync(stock.Address, Turn));
            }

            var (oursMedian, stockMedian) = (Median(oursPerSecond), Median(stockPerSecond));
            return
            [
                Figure.AtLeast("token-endpoint.ratio-to-stock", oursMedian / stockMedian, "ratio", 10),
                Figure.Info("token-endpoint.ours", oursMedian, "requests/s"),
                Figure.Info("token-endpoint.stock", stockMedian, "requests/s"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<ServerProcess> StartOursAsync(string folder, string secret)
    {
        var address = ServerProcess.FreeAddress();
        return ServerProcess.StartAsync("src/TradeIdentity.Server", folder, address, [], new()
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Issuer__BaseUrl"] = address.ToString(),
            ["Issuer__Code"] = "NL",
            ["Issuer__Country"] = "NL",
            ["Issuer__Names__en"] = "Benchmark",
            ["Storage__ConnectionString"] = $"Data Source={Path.Combine(folder, "ours.db")}",
            ["Keys__EncryptionKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Bootstrap__Clients__0__ClientId"] = ClientId,
            ["Bootstrap__Clients__0__ClientSecret"] = secret,
            ["Bootstrap__Clients__0__Scopes"] = "operators.read",
        });
    }

    private static Task<ServerProcess> StartStockAsync(string folder, string secret)
    {
        var address = ServerProcess.FreeAddress();
        return ServerProcess.StartAsync(
            "tests/TradeIdentity.Benchmarks.StockServer",
            folder, address, [address.ToString(), Path.Combine(folder, "stock.db"), ClientId, secret], []);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
