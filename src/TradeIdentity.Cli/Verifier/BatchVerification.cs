using System.Text;
using System.Threading.Channels;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Cli.Verifier;

/// <summary>
/// Judges a text a line and prints a JSON verdict a line, in order, on all cores, in constant memory: blocks of lines are
/// judged side by side while the blocks before them are printed. Whoever writes a line and waits has its answer. It ends
/// as its worst verdict does: a script that looks at nothing but the exit code takes no refused text for an accepted one.
/// </summary>
internal static class BatchVerification
{
    private const int BlockLines = 256;

    internal static async Task<int> ExecuteAsync(string? file, Judge judge, CancellationToken cancellationToken)
    {
        await using var input = Open(file);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        var underWay = Channel.CreateBounded<Task<JudgedBlock>>(Environment.ProcessorCount * 2);
        var reading = Task.Run(() => ReadAsync(input, judge, underWay.Writer, cancellationToken), cancellationToken);
        var worst = Worst.NothingJudged;
        await foreach (var judging in underWay.Reader.ReadAllAsync(cancellationToken))
        {
            var block = await judging;
            worst = (Worst)Math.Max((int)worst, (int)block.Worst);
            await output.WriteAsync(block.Verdicts);
            if (underWay.Reader.Count == 0)
            {
                await output.FlushAsync(cancellationToken);
            }
        }

        await reading;
        return worst switch
        {
            Worst.NothingJudged => throw new UsageException("There was no text to judge."),
            Worst.Accepted => ExitCodes.Accepted,
            Worst.Undetermined => ExitCodes.Undetermined,
            _ => ExitCodes.Rejected,
        };
    }

    private static Stream Open(string? file)
    {
        if (file is null or "-")
        {
            return Console.OpenStandardInput();
        }

        return BundleInput.OpenFile(file);
    }

    private static async Task ReadAsync(Stream input, Judge judge, ChannelWriter<Task<JudgedBlock>> underWay, CancellationToken cancellationToken)
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

    private static JudgedBlock JudgeBlock(List<string> lines, Judge judge)
    {
        var verdicts = new StringBuilder(lines.Count * 1024);
        var worst = Worst.NothingJudged;
        foreach (var line in lines)
        {
            var verdict = judge(line);
            var grade = verdict.Match(_ => Worst.Accepted, _ => Worst.Rejected, _ => Worst.Undetermined);
            worst = (Worst)Math.Max((int)worst, (int)grade);
            verdicts.Append(verdict.ToJson()).Append('\n');
        }

        return new JudgedBlock(verdicts.ToString(), worst);
    }

    // In rising order.
    private enum Worst
    {
        NothingJudged,
        Accepted,
        Undetermined,
        Rejected,
    }

    private sealed record JudgedBlock(string Verdicts, Worst Worst);
}
