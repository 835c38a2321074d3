using System.ComponentModel;
using System.Diagnostics;

namespace TradeIdentity.Tests.Processes;

/// <summary>A program that has run to its end: its exit code and what it wrote.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    private static readonly string[] Inherited = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "Issuer__Code"];

    /// <summary>Runs <c>tradeid</c> in <paramref name="folder"/>.</summary>
    internal static Task<ProgramRun> TradeidAsync(string folder, params string[] arguments) =>
        ExecuteAsync(Start(folder, "dotnet", [BuiltProgram.Tradeid, .. arguments]));

    /// <summary>Runs <c>tradeid</c> without a network, where this system lets a process give it up.</summary>
    internal static async Task<ProgramRun> OfflineTradeidAsync(string folder, params string[] arguments) =>
        await CanCutTheNetworkAsync(folder)
            ? await ExecuteAsync(Start(folder, "unshare", ["-n", "dotnet", BuiltProgram.Tradeid, .. arguments]))
            : await TradeidAsync(folder, arguments);

    /// <summary>The text of the QR code in a picture, by a program that is not ours; null where it is not installed.</summary>
    internal static async Task<string?> ZbarimgAsync(string folder, string picture)
    {
        try
        {
            return (await ExecuteAsync(Start(folder, "zbarimg", ["-q", "--raw", picture]))).Output.TrimEnd('\n');
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    internal static ProcessStartInfo Start(string folder, string program, string[] arguments, params IEnumerable<(string Key, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in Inherited)
        {
            start.Environment.Remove(name);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    internal static async Task<ProgramRun> ExecuteAsync(ProcessStartInfo start, string input = "")
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new ProgramRun(process.ExitCode, await output, await error);
    }

    private static async Task<bool> CanCutTheNetworkAsync(string folder)
    {
        try
        {
            return (await ExecuteAsync(Start(folder, "unshare", ["-n", "true"]))).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
