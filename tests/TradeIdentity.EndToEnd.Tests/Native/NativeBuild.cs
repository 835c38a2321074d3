using TradeIdentity.Tests.Processes;

namespace TradeIdentity.EndToEnd.Tests.Native;

/// <summary>The native binary and the native library, compiled ahead of time from this repository.</summary>
public sealed class NativeBuild : IAsyncLifetime
{
    public const string NoCompiler = "clang is not installed: nothing can be compiled ahead of time.";

    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-native-").FullName;

    public string Folder => _folder;

    public string Program => Path.Combine(_folder, "tradeid");

    public string Library => Path.Combine(_folder, "libtradeid_verify.so");

    public static string Source => Repository.PathOf("src/TradeIdentity.Verification.Native");

    public bool IsThere => File.Exists(Library);

    public async ValueTask InitializeAsync()
    {
        if ((await RunAsync("clang", "--version")) is not { ExitCode: 0 })
        {
            return;
        }

        foreach (var project in new[] { "src/TradeIdentity.Cli.Native", "src/TradeIdentity.Verification.Native" })
        {
            var run = await RunAsync("dotnet", "publish", Repository.PathOf(project), "-c", "Release", "-o", _folder, "-v", "quiet");
            Assert.True(run is { ExitCode: 0 }, run?.Output + run?.Error);
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Null: there is no such program.</summary>
    internal async Task<ProgramRun?> RunAsync(string program, params string[] arguments)
    {
        try
        {
            return await ProgramRun.ExecuteAsync(ProgramRun.Start(_folder, program, arguments));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
