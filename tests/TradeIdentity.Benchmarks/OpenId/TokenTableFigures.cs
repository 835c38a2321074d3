using Microsoft.Data.Sqlite;

namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>The token endpoint beside a table of ten million live tokens: the same server with and without them, loaded in turns.</summary>
internal static class TokenTableFigures
{
    private const int Rows = 10_000_000;

    private static readonly string[] Grants = ["client-credentials", "code", "refresh"];

    public static IEnumerable<Figure> Measure() => MeasureAsync().GetAwaiter().GetResult();

    private static async Task<List<Figure>> MeasureAsync()
    {
        var (small, large) = (Directory.CreateTempSubdirectory("tradeidentity-benchmarks-").FullName, Directory.CreateTempSubdirectory("tradeidentity-benchmarks-").FullName);
        try
        {
            // Its first start makes the tables.
            await (await Servers.StartOursAsync(large)).DisposeAsync();
            Fill(Path.Combine(large, "ours.db"));
            await using var few = await Servers.StartOursAsync(small);
            await using var many = await Servers.StartOursAsync(large);
            using var person = await PersonFigures.SignInAsync(few, small);
            using var amongMany = await PersonFigures.SignInAsync(many, large);

            using var load = new Load();
            Dictionary<string, List<double>> rates = [];
            for (var turn = 0; turn < 5; turn++)
            {
                foreach (var (name, server, folder, who) in new[] { ("few", few, small, person), ("many", many, large, amongMany) })
                {
                    var form = Servers.ClientCredentials("demonstration", Servers.SecretOfDemonstration(folder));
                    var clients = await TokenEndpointFigures.AskAsync(load, server.Address, "/connect/token", form);
                    var (codes, refreshes) = await PersonFigures.AskAsync(load, new Uri(server.Address, "/connect/token"), who);
                    // The first turn of each only warms up.
                    if (turn > 0)
                    {
                        foreach (var (grant, pace) in Grants.Zip([clients, codes, refreshes]))
                        {
                            rates.TryAdd($"{grant}.{name}", []);
                            rates[$"{grant}.{name}"].Add(pace.PerSecond);
                        }
                    }
                }
            }

            return [.. Grants.Select(grant => Figure.AtLeast(
                $"token-table.{grant}.ratio-of-10-million-to-none", Pace.Median(rates[$"{grant}.many"]) / Pace.Median(rates[$"{grant}.few"]), "ratio", 0.9))];
        }
        finally
        {
            Directory.Delete(small, recursive: true);
            Directory.Delete(large, recursive: true);
        }
    }

    // Refresh tokens of a hundred thousand people, spread over the key space as real ones are by their time.
    private static void Fill(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -524288; PRAGMA temp_store = FILE;");
        var indexes = Indexes();
        indexes.ForEach(index => Execute($"DROP INDEX {index.Name}"));
        Console.Error.WriteLine($"token-table: writing {Rows:N0} rows");
        Execute(
            $"""
            INSERT INTO openid_authorizations (id, application_id, creation_date, properties, scopes, status, subject, type, concurrency_token)
            SELECT 'of-all', id, unixepoch(), NULL, NULL, 'valid', 'person-0', 'ad-hoc', 'token' FROM openid_applications LIMIT 1;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows})
            INSERT INTO openid_tokens (id, application_id, authorization_id, creation_date, expiration_date, status, subject, type, concurrency_token)
            SELECT printf('%08x-%04x-7000-8000-%012x', i / 16, i % 16, i), a.application_id, a.id, unixepoch(), unixepoch() + 2000000 + i % 500000, 'valid',
                printf('%032x', i % 100000), 'urn:ietf:params:oauth:token-type:refresh_token', printf('%022x', i)
            FROM n, openid_authorizations a WHERE a.id = 'of-all';
            """);
        Console.Error.WriteLine("token-table: building its indexes");
        indexes.ForEach(index => Execute(index.Sql));
        Execute("PRAGMA wal_checkpoint(TRUNCATE);");

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 0;
            command.ExecuteNonQuery();
        }

        List<(string Name, string Sql)> Indexes()
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'openid_tokens' AND sql IS NOT NULL";
            using var reader = command.ExecuteReader();
            List<(string, string)> found = [];
            while (reader.Read())
            {
                found.Add((reader.GetString(0), reader.GetString(1)));
            }

            return found;
        }
    }
}
