namespace TradeIdentity.Cli.Verifier;

/// <summary>The edge of the verifier's commands: what cannot be answered is one line on standard error, and an exit code that is no verdict.</summary>
internal static class Edge
{
    internal static Task<int> RunAsync(Func<int> command) => RunAsync(() => Task.FromResult(command()));

    internal static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (UsageException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return ExitCodes.Usage;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failed.Message);
            return ExitCodes.InputOutput;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }
}
