namespace TradeIdentity.Cli.Verifier;

/// <summary>The edge of the verifier's commands: what cannot be answered is one line on standard error and exit code 64.</summary>
internal static class Edge
{
    internal static int Run(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return ExitCodes.Usage;
        }
    }

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
    }
}
