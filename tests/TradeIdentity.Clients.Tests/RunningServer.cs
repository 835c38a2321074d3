using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Clients.Tests;

/// <summary>The server as <c>dotnet run</c> starts it in an empty folder, with the people of the demonstration.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    internal const string Tin = "NL854502130";

    private readonly ServerProcess _process;

    private RunningServer(ServerProcess process, string folder, string address) => (_process, Folder, Address) = (process, folder, address);

    internal string Folder { get; }

    /// <summary>By the name that the documentation has it under: localhost, and a port of its own.</summary>
    internal string Address { get; }

    internal static async Task<RunningServer> StartAsync(string? configuration = null)
    {
        var folder = Directory.CreateTempSubdirectory("tradeidentity-clients-").FullName;
        if (configuration is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.Development.json"), configuration);
        }

        var address = LoopbackAddress();
        return new RunningServer(await ServerProcess.StartAsync(folder, address, ("Issuer__BaseUrl", address)), folder, address);
    }

    /// <summary>An address that nobody listens at.</summary>
    internal static string LoopbackAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>Anna of the demonstration, who acts for one company, before a browser of her own.</summary>
    internal Person Anna()
    {
        const string Email = "anna@flowers.example";
        var password = File.ReadLines(Path.Combine(Folder, "data", "demonstration-accounts.txt")).Single(line => line.StartsWith(Email, StringComparison.Ordinal)).Split('\t')[1];
        return new Person(Email, password, Tin);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
