namespace TradeIdentity.Cli.Verifier;

/// <summary>The edge of the verifier's commands: what cannot be answered is one line on standard error, and an exit code that is no verdict.</summary>
internal static class Edge
{
    internal static Task<int> RunAsync(Func<int> command, CancellationToken cancellationToken) => RunAsync(() => Task.FromResult(command()), cancellationToken);

    internal static async Task<int> RunAsync(Func<Task<int>> command, CancellationToken cancellationToken)
    {
        try
        {
            // Apart, and left behind where someone ends the program: no read of a scanner or a pipe that says nothing can be cancelled.
            return await Task.Run(command, cancellationToken).WaitAsync(cancellationToken);
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
