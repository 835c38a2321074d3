using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace TradeIdentity.Cli.Verifier;

/// <summary>The verifier's commands, alike in the .NET tool and in the native binary.</summary>
internal static class VerifierProgram
{
    internal static IEnumerable<Command> Commands() => [VerifyCommand.Create(), InspectCommand.Create(), BundleCommand.Create()];

    /// <summary>Runs the command that <paramref name="args"/> name; a call that cannot be parsed is exit code 64.</summary>
    /// <remarks>
    /// A gate may put what it scanned on the command line, and anyone can print a code that says <c>--help</c> or
    /// <c>@/some/file</c>: neither may end as if something had been accepted.
    /// </remarks>
    internal static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var errors = parsed.Errors.Select(error => error.Message).Concat(StrayOptions(parsed)).ToList();
        if (errors.Count == 0)
        {
            // A crash is no verdict: the exit code 1 of the default handler would say that something was rejected.
            var isVerdict = parsed.CommandResult.Command is { Name: VerifyCommand.Name };
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = !isVerdict });
        }

        foreach (var error in errors)
        {
            await Console.Error.WriteLineAsync(error);
        }

        await Console.Error.WriteLineAsync("tradeid --help lists the commands; tradeid COMMAND --help says more.");
        return ExitCodes.Usage;
    }

    private static IEnumerable<string> StrayOptions(ParseResult parsed)
    {
        if (parsed.Action is HelpAction && parsed.CommandResult.Command is { Name: VerifyCommand.Name } && Words(parsed) > 1)
        {
            yield return "Nothing was judged: --help stands alone. A text from elsewhere goes behind -- or to standard input.";
        }

        // The parser takes an option that it does not know for an argument.
        if (parsed.Tokens.All(token => token.Type != TokenType.DoubleDash))
        {
            foreach (var word in parsed.CommandResult.Command.Arguments.SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? []))
            {
                if (word.Value.Length > 1 && word.Value[0] == '-')
                {
                    yield return $"Unknown option {word.Value}. A text that begins so goes behind --.";
                }
            }
        }
    }

    private static int Words(ParseResult parsed) => parsed.Tokens.Count(token => token.Type != TokenType.Command);
}
