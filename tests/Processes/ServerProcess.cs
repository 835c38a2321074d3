using System.Diagnostics;
using System.Text;

namespace TradeIdentity.Tests.Processes;

/// <summary>The server as a process of its own, as a first start in an empty folder would have it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Ready = "TradeIdentity is ready";

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _written;
    private readonly Task<string> _rest;
    private readonly Task<string> _error;

    private ServerProcess(Process process, Uri address, string written, Task<string> error)
    {
        (_process, Address, _written, _error) = (process, address, written, error);
        _rest = process.StandardOutput.ReadToEndAsync();
    }

    internal Uri Address { get; }

    internal static Task<ServerProcess> StartAsync(string folder) => StartAsync(folder, "http://127.0.0.1:0");

    /// <summary>At <paramref name="address"/>, which clients that look at the issuer must know beforehand; <paramref name="environment"/> may say more.</summary>
    internal static async Task<ServerProcess> StartAsync(string folder, string address, params (string Key, string Value)[] environment)
    {
        var process = Process.Start(ProgramRun.Start(
            folder, "dotnet", [BuiltProgram.Server], [("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", address), .. environment]))!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var written = new StringBuilder();
        using var patience = new CancellationTokenSource(LongestStart);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            written.AppendLine(line);
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                return new ServerProcess(process, new Uri(line[(line.LastIndexOf(' ') + 1)..]), written.ToString(), error);
            }
        }

        throw new InvalidOperationException($"The server ended before it was ready: {written}{await error}");
    }

    /// <summary>Asks it to end, as a service manager would, and gives its exit code and all that it wrote.</summary>
    internal async Task<ProgramRun> StopAsync()
    {
        using (var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await terminate.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        return new ProgramRun(_process.ExitCode, _written + await _rest, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
