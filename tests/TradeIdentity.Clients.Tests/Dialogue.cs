using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Clients.Tests;

/// <summary>A program that is spoken with while it runs: it says lines, and is told lines.</summary>
internal sealed class Dialogue : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly Task<string> _error;

    private Dialogue(Process process) => (_process, _error) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Starts the program; the test is skipped where it is not installed.</summary>
    internal static Dialogue Start(string folder, string program, string[] arguments, params (string Key, string Value)[] environment)
    {
        try
        {
            return new Dialogue(Process.Start(ProgramRun.Start(folder, program, arguments, environment))!);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
            throw;
        }
    }

    /// <summary>What follows <paramref name="beginning"/> on the next line that begins so.</summary>
    internal async Task<string> HearAsync(string beginning) =>
        await HearNextAsync(beginning) ?? throw new InvalidOperationException($"It ended without '{beginning}': {_said}{await _error}");

    /// <summary>The same, or null where the program ends without one.</summary>
    internal async Task<string?> HearNextAsync(string beginning)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            _said.AppendLine(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line[beginning.Length..].Trim();
            }
        }

        return null;
    }

    internal async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for its end, which must be a good one, and gives the rest of what it said.</summary>
    internal async Task<string> EndAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        _process.StandardInput.Close();
        var rest = await _process.StandardOutput.ReadToEndAsync(patience.Token);
        await _process.WaitForExitAsync(patience.Token);
        Assert.True(_process.ExitCode == 0, $"{_process.ExitCode}: {_said}{rest}{await _error}");
        return rest;
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
