using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TradeIdentity.Benchmarks;

/// <summary>A server of this repository as a process of its own, built in the configuration in which the benchmarks were.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public Process Process => _process;

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <param name="project">The project's folder, from the root of the repository.</param>
    /// <param name="workingFolder">The folder it works in: its data is there.</param>
    /// <param name="address">Where it will answer.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">What its environment has beside ours.</param>
    public static Task<ServerProcess> StartAsync(string project, string workingFolder, Uri address, string[] arguments, Dictionary<string, string> environment)
    {
        var folder = Repository.PathOf(project);
        var (framework, configuration) = BuiltAs();
        return StartProgramAsync(
            "dotnet", [Path.Combine(folder, "bin", configuration, framework, Path.GetFileName(project) + ".dll"), .. arguments], workingFolder, address, environment);
    }

    public static async Task<ServerProcess> StartProgramAsync(string program, string[] arguments, string workingFolder, Uri address, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new ServerProcess(process, address);
        await server.WaitUntilItListensAsync();
        return server;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string program, string[] arguments, string workingFolder)
    {
        // A program that starts others may leave them its output: to a file it ends with the program, through a pipe with the last of them.
        var file = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(new ProcessStartInfo("bash", ["-c", "out=$1; shift; exec \"$@\" > \"$out\"", "bash", file, program, .. arguments]) { WorkingDirectory = workingFolder })
                ?? throw new InvalidOperationException($"{program} did not start.");
            await process.WaitForExitAsync();
            var said = await File.ReadAllTextAsync(file);
            return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task WaitUntilItListensAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(Address.Host, Address.Port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && Stopwatch.GetElapsedTime(started) < LongestStart)
            {
                await Task.Delay(20);
            }
        }
    }

    // …/bin/Release/net10.0/
    internal static (string Framework, string Configuration) BuiltAs()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return (output.Name, output.Parent!.Name);
    }
}
