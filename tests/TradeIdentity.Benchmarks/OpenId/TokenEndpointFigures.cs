using System.Text;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Benchmarks.Storage;

namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>
/// POST /connect/token with client credentials and a generated secret, with and without DPoP, on SQLite and PostgreSQL; beside it a
/// stock OpenIddict on Entity Framework Core and SQLite, and oidc-provider of npm. All are loaded in turns by the same client.
/// </summary>
internal static class TokenEndpointFigures
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    public static IEnumerable<Figure> Measure() => MeasureAsync().GetAwaiter().GetResult();

    private static async Task<List<Figure>> MeasureAsync()
    {
        var secret = ClientSecrets.Generate();
        var (folder, onPostgreSql) = (Directory.CreateTempSubdirectory("tradeidentity-benchmarks-").FullName, Directory.CreateTempSubdirectory("tradeidentity-benchmarks-").FullName);
        try
        {
            await using var postgreSql = await PostgreSqlProcess.StartAsync();
            await using var ours = await Servers.StartOursAsync(folder);
            await using var shared = await Servers.StartOursAsync(onPostgreSql, postgreSql.ConnectionString);
            await using var stock = await Servers.StartStockAsync(folder, secret);
            await using var node = await Servers.StartOidcProviderAsync(secret);
            var demonstration = Servers.ClientCredentials("demonstration", Servers.SecretOfDemonstration(folder));
            var onShared = Servers.ClientCredentials("demonstration", Servers.SecretOfDemonstration(onPostgreSql));
            var theirs = Servers.ClientCredentials(Servers.StockClient, secret);

            using var load = new Load();
            Dictionary<string, List<Pace>> paces = [];
            // The first turn of each only warms up: compiled code, connections, caches of the database.
            for (var turn = 0; turn < 4; turn++)
            {
                await NoteAsync("sqlite", () => AskAsync(load, ours.Address, "/connect/token", demonstration));
                await NoteAsync("postgresql", () => AskAsync(load, shared.Address, "/connect/token", onShared));
                await NoteAsync("sqlite-dpop", () => AskWithProofsAsync(load, ours.Address, "/connect/token", demonstration));
                await NoteAsync("postgresql-dpop", () => AskWithProofsAsync(load, shared.Address, "/connect/token", onShared));
                await NoteAsync("oidc-provider", () => AskAsync(load, node.Address, "/token", theirs));
                await NoteAsync("oidc-provider-dpop", () => AskWithProofsAsync(load, node.Address, "/token", theirs));
                await NoteAsync("stock", () => AskAsync(load, stock.Address, "/connect/token", theirs));

                async Task NoteAsync(string name, Func<Task<Pace>> run)
                {
                    var pace = await run();
                    if (turn > 0)
                    {
                        paces.TryAdd(name, []);
                        paces[name].Add(pace);
                    }
                }
            }

            double Rate(string name) => Pace.Median(paces[name].Select(pace => pace.PerSecond));
            double Tail(string name) => Pace.Median(paces[name].Select(pace => pace.TailToMiddle));
            return
            [
                Figure.AtLeast("token-endpoint.ratio-to-stock", Rate("sqlite") / Rate("stock"), "ratio", 15),
                Figure.AtLeast("token-endpoint.postgresql.ratio-to-stock", Rate("postgresql") / Rate("stock"), "ratio", 15),
                Figure.AtLeast("token-endpoint.dpop.ratio-to-stock", Rate("sqlite-dpop") / Rate("stock"), "ratio", 15),
                Figure.AtLeast("token-endpoint.postgresql.dpop.ratio-to-stock", Rate("postgresql-dpop") / Rate("stock"), "ratio", 15),
                Figure.AtLeast("token-endpoint.ratio-to-oidc-provider", Rate("sqlite") / Rate("oidc-provider"), "ratio", 1),
                Figure.AtLeast("token-endpoint.postgresql.ratio-to-oidc-provider", Rate("postgresql") / Rate("oidc-provider"), "ratio", 1),
                Figure.AtLeast("token-endpoint.dpop.ratio-to-oidc-provider", Rate("sqlite-dpop") / Rate("oidc-provider-dpop"), "ratio", 1),
                Figure.AtLeast("token-endpoint.postgresql.dpop.ratio-to-oidc-provider", Rate("postgresql-dpop") / Rate("oidc-provider-dpop"), "ratio", 1),
                Figure.AtMost("token-endpoint.p99-to-p50", Tail("sqlite"), "ratio", 4),
                Figure.AtMost("token-endpoint.postgresql.p99-to-p50", Tail("postgresql"), "ratio", 4),
                .. paces.Keys.Select(name => Figure.Info($"token-endpoint.rate.{name}", Rate(name), "requests/s")),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(onPostgreSql, recursive: true);
        }
    }

    internal static Task<Pace> AskAsync(Load load, Uri server, string path, byte[] form)
    {
        var endpoint = new Uri(server, path);
        return load.RunAsync(Turn, async (client, _) => Check(await Load.PostAsync(client, endpoint, form), "\"access_token\""));
    }

    // Proofs are made before the turn: they cost the client, not the server.
    private static async Task<Pace> AskWithProofsAsync(Load load, Uri server, string path, byte[] form)
    {
        var endpoint = new Uri(server, path);
        var proofs = await DpopProofs.MakeAsync(endpoint, form, count: 20_000);
        return await load.RunAsync(proofs, async (client, proof) => Check(await Load.PostAsync(client, endpoint, form, proof), "\"DPoP\""));
    }

    private static void Check(byte[] body, string holds)
    {
        if (body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(holds)) < 0)
        {
            throw new InvalidOperationException($"An answer is without {holds}: {Encoding.UTF8.GetString(body)}");
        }
    }
}
