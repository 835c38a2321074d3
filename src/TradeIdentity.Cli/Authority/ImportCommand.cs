using System.CommandLine;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Cli.Authority;

/// <summary><c>tradeid import</c>.</summary>
internal static class ImportCommand
{
    private const int ProgressEvery = 10_000;

    private static readonly Argument<string> File = new("file") { Description = "Operators as NDJSON, one a line; - for standard input." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the result of every line as JSON." };

    internal static Command Create()
    {
        var command = new Command("import", "Register operators. A bad line is rejected alone. Example: tradeid import operators.ndjson") { File, Json };
        command.SetAction((parsed, cancellationToken) => AuthorityHost.RunAsync(
            services => ImportAsync(services, parsed.GetRequiredValue(File), parsed.GetValue(Json), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> ImportAsync(IServiceProvider services, string file, bool json, CancellationToken cancellationToken)
    {
        if (file != "-" && !System.IO.File.Exists(file))
        {
            return Answer.Refused(new("file_missing", $"There is no file {file}."));
        }

        await using var input = file == "-" ? Console.OpenStandardInput() : System.IO.File.OpenRead(file);
        var counts = new Dictionary<ImportOutcome, long>();
        long lines = 0;
        var results = services.GetRequiredService<RegisterOperators>().ExecuteAsync(
            NdjsonLines.ReadAsync(input, OperatorDocument.MaxBytes, cancellationToken), Answer.Actor, cancellationToken);
        await foreach (var result in results)
        {
            counts[result.Outcome] = counts.GetValueOrDefault(result.Outcome) + 1;
            Show(result, json);
            if (++lines % ProgressEvery == 0 && !Console.IsErrorRedirected)
            {
                await Console.Error.WriteAsync($"\r{lines:N0} lines");
            }
        }

        await Console.Error.WriteLineAsync(
            $"{(Console.IsErrorRedirected ? "" : "\r")}{lines:N0} lines: {Count(ImportOutcome.Created)} created, {Count(ImportOutcome.Updated)} updated, {Count(ImportOutcome.Unchanged)} unchanged, {Count(ImportOutcome.Rejected)} rejected.");
        return Count(ImportOutcome.Rejected) == 0 ? Answer.Done : Answer.NotDone;

        long Count(ImportOutcome outcome) => counts.GetValueOrDefault(outcome);
    }

    private static void Show(ImportResult result, bool json)
    {
        if (json)
        {
            Console.WriteLine(Encoding.UTF8.GetString(result.ToJson()));
        }
        else if (result.Outcome == ImportOutcome.Rejected)
        {
            Console.Error.WriteLine($"Line {result.Line}{(result.Tin is null ? "" : $" ({result.Tin})")}: {result.Code}: {result.Detail}");
        }
    }
}
