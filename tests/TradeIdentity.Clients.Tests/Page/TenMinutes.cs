using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Clients.Tests.Page;

/// <summary>
/// What a developer does who follows the page, once: a server, then every command in its order, in one shell. Ports are of the
/// test's own, and the programs are those that were built with it; else nothing is changed.
/// </summary>
public sealed class TenMinutes : IAsyncLifetime
{
    private const string ServerOfPage = "http://localhost:5080";
    private const string ApplicationOfPage = "http://localhost:5090";

    private RunningServer? _server;

    internal RunningServer Server => _server!;

    /// <summary>Where the application of the examples is.</summary>
    internal string Application { get; } = RunningServer.LoopbackAddress();

    /// <summary>Where the person ended after the sign-in, and after the sign-out.</summary>
    internal (Uri SignedIn, Uri SignedOut) Ended { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(RelyingPartyPage.Examples("json").Single(example => example.Contains("Bootstrap", StringComparison.Ordinal)));
        var commands = string.Join('\n', RelyingPartyPage.Examples("bash")).Replace("dotnet run --project src/TradeIdentity.Cli --", $"dotnet '{BuiltProgram.Tradeid}'", StringComparison.Ordinal);
        await File.WriteAllTextAsync(InFolder("commands.sh"), Here(commands));
        await using var shell = Dialogue.Start(Server.Folder, "bash", ["-e", "commands.sh"]);
        using var anna = Server.Anna();
        var signedIn = await anna.VisitAsync(new Uri(await shell.HearAsync("Open in a browser: ")), Application);
        await shell.TellAsync(signedIn.Address.OriginalString);
        var signedOut = await anna.VisitAsync(new Uri(await shell.HearAsync("Open in the same browser: ")), Application);
        await shell.EndAsync();
        Ended = (signedIn.Address, signedOut.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    internal string InFolder(string file) => Path.Combine(Server.Folder, file);

    /// <summary>The example, with the addresses of this test.</summary>
    internal string Here(string example) => example.Replace(ServerOfPage, Server.Address, StringComparison.Ordinal)
        .Replace(ApplicationOfPage, Application, StringComparison.Ordinal)
        .Replace("listen(5090", $"listen({new Uri(Application).Port}", StringComparison.Ordinal);
}
