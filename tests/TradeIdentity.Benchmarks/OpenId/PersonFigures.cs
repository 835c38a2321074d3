using System.Text.Json;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Benchmarks.Storage;

namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>
/// Code to tokens, and refresh: this server on SQLite and PostgreSQL, and a stock OpenIddict on Entity Framework Core and SQLite.
/// Codes are made before a turn; only the token endpoint is timed.
/// </summary>
internal static class PersonFigures
{
    private const int CodesInTurn = 1_000;

    private static readonly string[] Grants = ["code", "refresh"];
    private static readonly string[] Stores = ["sqlite", "postgresql"];
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    public static IEnumerable<Figure> Measure() => MeasureAsync().GetAwaiter().GetResult();

    private static async Task<List<Figure>> MeasureAsync()
    {
        var (folder, onPostgreSql) = (Directory.CreateTempSubdirectory("tradeidentity-benchmarks-").FullName, Directory.CreateTempSubdirectory("tradeidentity-benchmarks-").FullName);
        try
        {
            await using var postgreSql = await PostgreSqlProcess.StartAsync();
            await using var ours = await Servers.StartOursAsync(folder);
            await using var shared = await Servers.StartOursAsync(onPostgreSql, postgreSql.ConnectionString);
            await using var stock = await Servers.StartStockAsync(folder, ClientSecrets.Generate());
            using var person = await SignInAsync(ours, folder);
            using var onShared = await SignInAsync(shared, onPostgreSql);
            using var theirs = await SignedInPerson.SignInAsync(stock.Address, "application", "openid profile offline_access");

            using var load = new Load();
            Dictionary<string, List<Pace>> paces = [];
            for (var turn = 0; turn < 4; turn++)
            {
                foreach (var (name, server, who) in new[] { ("sqlite", ours, person), ("postgresql", shared, onShared), ("stock", stock, theirs) })
                {
                    var (codes, refreshes) = await AskAsync(load, new Uri(server.Address, "/connect/token"), who);
                    // The first turn of each only warms up.
                    if (turn > 0)
                    {
                        paces.TryAdd($"code.{name}", []);
                        paces.TryAdd($"refresh.{name}", []);
                        paces[$"code.{name}"].Add(codes);
                        paces[$"refresh.{name}"].Add(refreshes);
                    }
                }
            }

            double Rate(string name) => Pace.Median(paces[name].Select(pace => pace.PerSecond));
            double Tail(string name) => Pace.Median(paces[name].Select(pace => pace.TailToMiddle));
            return
            [
                .. from grant in Grants
                   from store in Stores
                   let name = $"{grant}.{store}"
                   from figure in new[]
                   {
                       Figure.AtLeast($"person.{name}.ratio-to-stock", Rate(name) / Rate($"{grant}.stock"), "ratio", 5),
                       Figure.AtMost($"person.{name}.p99-to-p50", Tail(name), "ratio", 4),
                   }
                   select figure,
                .. paces.Keys.Select(name => Figure.Info($"person.rate.{name}", Rate(name), "requests/s")),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(onPostgreSql, recursive: true);
        }
    }

    // With a legal entity and its facts in the tokens, as relying parties ask for them.
    internal static Task<SignedInPerson> SignInAsync(ServerProcess server, string folder)
    {
        var account = File.ReadLines(Path.Combine(folder, "data", "demonstration-accounts.txt")).First().Split('\t');
        return SignedInPerson.SignInAsync(server.Address, "demonstration-app", "openid profile organization offline_access", (account[0], account[1]));
    }

    internal static async Task<(Pace Codes, Pace Refreshes)> AskAsync(Load load, Uri endpoint, SignedInPerson person)
    {
        List<byte[]> forms = [];
        while (forms.Count < CodesInTurn)
        {
            forms.AddRange(await Task.WhenAll(Enumerable.Range(0, Load.Connections).Select(_ => person.CodeAsync())));
        }

        List<string> tokens = [];
        var codes = await load.RunAsync(forms, async (client, form) =>
        {
            var token = RefreshToken(await Load.PostAsync(client, endpoint, form));
            lock (tokens)
            {
                tokens.Add(token);
            }
        });
        var refreshes = await load.RunAsync(Turn, async (client, connection) =>
            tokens[connection] = RefreshToken(await Load.PostAsync(client, endpoint, person.Refresh(tokens[connection]))));
        return (codes, refreshes);
    }

    private static string RefreshToken(byte[] body)
    {
        using var answer = JsonDocument.Parse(body);
        return answer.RootElement.GetProperty("refresh_token").GetString()!;
    }
}
