using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Benchmarks.Start;

/// <summary>How long a newcomer and a gate wait: an empty folder to the first credential, and a native verdict, processes whole.</summary>
internal static class StartFigures
{
    private const string Tin = "NL854502130";
    private const int Starts = 5;
    private const int Verdicts = 20;

    internal static IEnumerable<Figure> Measure() => MeasureAsync().GetAwaiter().GetResult();

    private static async Task<List<Figure>> MeasureAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tradeidentity-benchmark-").FullName;
        try
        {
            var starts = new List<double>();
            for (var i = 0; i < Starts; i++)
            {
                starts.Add(await StartToCredentialAsync(Directory.CreateDirectory(Path.Combine(folder, $"start{i}")).FullName));
            }

            var figures = new List<Figure> { Figure.AtMost("start.empty-folder-to-first-credential", Median(starts), "s", 3) };
            figures.AddRange(NativeVerdict(folder, Path.Combine(folder, "start0")));
            return figures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> StartToCredentialAsync(string folder)
    {
        var secret = ClientSecrets.Generate();
        var address = ServerProcess.FreeAddress();
        var start = Stopwatch.GetTimestamp();
        await using var server = await ServerProcess.StartAsync("src/TradeIdentity.Server", folder, address, [], new()
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Issuer__BaseUrl"] = address.ToString().TrimEnd('/'),
            ["Bootstrap__Clients__0__ClientId"] = "benchmark",
            ["Bootstrap__Clients__0__ClientSecret"] = secret,
            ["Bootstrap__Clients__0__Scopes"] = "credentials.issue",
        });
        using var client = new HttpClient { BaseAddress = address };
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "benchmark"), new("client_secret", secret)]);
        using var granted = await client.PostAsync("connect/token", form);
        var token = (await granted.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var issued = await client.PostAsJsonAsync("api/v1/credentials", new { tin = Tin, type = "AeoStatus" });
        var text = (await issued.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("qrText").GetString()!;
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;

        await File.WriteAllTextAsync(Path.Combine(folder, "credential.txt"), text);
        await File.WriteAllBytesAsync(Path.Combine(folder, "anchor.jwk"), await client.GetByteArrayAsync("trust/anchor"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "trust.bundle"), await client.GetByteArrayAsync("trust/bundle"));
        return elapsed;
    }

    private static IEnumerable<Figure> NativeVerdict(string folder, string post)
    {
        var output = Path.Combine(folder, "native");
        Run("dotnet", ["publish", Repository.PathOf("src", "TradeIdentity.Cli.Native"), "-c", "Release", "-o", output, "-v", "quiet"]);
        var binary = Path.Combine(output, "tradeid");
        string[] verify =
        [
            "verify", "--bundle", Path.Combine(post, "trust.bundle"), "--anchor", Path.Combine(post, "anchor.jwk"),
            File.ReadAllText(Path.Combine(post, "credential.txt")),
        ];
        Run(binary, verify);
        var times = Enumerable.Range(0, Verdicts).Select(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            Run(binary, verify);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).ToList();
        yield return Figure.AtMost("native.verify", Median(times), "ms", 50);
        yield return Figure.AtMost("native.size", new FileInfo(binary).Length / 1e6, "MB", 10);
    }

    private static void Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}.");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
