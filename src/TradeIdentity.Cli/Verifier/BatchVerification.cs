using System.Text;
using System.Threading.Channels;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Cli.Verifier;

/// <summary>
/// Judges a text a line and prints a JSON verdict a line, in order, on all cores, in constant memory: blocks of lines are
/// judged side by side while the blocks before them are printed. Whoever writes a line and waits has its answer.
/// </summary>
internal static class BatchVerification
{
    private const int BlockLines = 256;

    internal static async Task<int> ExecuteAsync(string? file, Judge judge, CancellationToken cancellationToken)
    {
        await using var input = Open(file);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        var underWay = Channel.CreateBounded<Task<string>>(Environment.ProcessorCount * 2);
        var reading = Task.Run(() => ReadAsync(input, judge, underWay.Writer, cancellationToken), cancellationToken);
        var any = false;
        await foreach (var judging in underWay.Reader.ReadAllAsync(cancellationToken))
        {
            any = true;
            await output.WriteAsync(await judging);
            if (underWay.Reader.Count == 0)
            {
                await output.FlushAsync(cancellationToken);
            }
        }

        await reading;
        return any ? ExitCodes.Accepted : throw new UsageException("There was no text to judge.");
    }

    private static Stream Open(string? file)
    {
        if (file is null or "-")
        {
            return Console.OpenStandardInput();
        }

        try
        {
            return File.OpenRead(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {unreadable.Message}");
        }
    }

    private static async Task ReadAsync(Stream input, Judge judge, ChannelWriter<Task<string>> underWay, CancellationToken cancellationToken)
    {
        try
        {
            var reader = new BoundedLineReader(input, TokenText.MaxLength);
            while (reader.TryRead(out var first))
            {
                var block = new List<string>(BlockLines) { first };
                while (block.Count < BlockLines && reader.HasLine && reader.TryRead(out var line))
                {
                    block.Add(line);
                }

                await underWay.WriteAsync(Task.Run(() => JudgeBlock(block, judge), cancellationToken), cancellationToken);
            }
        }
        finally
        {
            underWay.Complete();
        }
    }

    private static string JudgeBlock(List<string> lines, Judge judge)
    {
        var verdicts = new StringBuilder(lines.Count * 1024);
        foreach (var line in lines)
        {
            verdicts.Append(judge(line).ToJson()).Append('\n');
        }

        return verdicts.ToString();
    }
}
