using System.CommandLine;

namespace TradeIdentity.Cli.Verifier;

/// <summary>The verifier's commands, alike in the .NET tool and in the native binary.</summary>
internal static class VerifierProgram
{
    internal static IEnumerable<Command> Commands() => [VerifyCommand.Create(), InspectCommand.Create(), BundleCommand.Create()];

    /// <summary>Runs the command that <paramref name="args"/> name; a call that cannot be parsed is exit code 64.</summary>
    internal static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync();
        }

        foreach (var error in parsed.Errors)
        {
            await Console.Error.WriteLineAsync(error.Message);
        }

        await Console.Error.WriteLineAsync("tradeid --help lists the commands; tradeid COMMAND --help says more.");
        return ExitCodes.Usage;
    }
}
