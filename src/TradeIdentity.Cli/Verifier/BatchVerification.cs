using System.Text;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Cli.Verifier;

/// <summary>
/// Judges a text a line and prints a JSON verdict a line, in order, on all cores, in constant memory: blocks of lines are
/// judged side by side while the blocks before them are printed.
/// </summary>
internal static class BatchVerification
{
    /// <summary>Beyond the longest text of a QR code; a longer line is malformed, and is not held.</summary>
    internal const int MaxLineLength = 8192;

    private const int BlockLines = 256;

    internal static async Task<int> ExecuteAsync(string? file, Judge judge, CancellationToken cancellationToken)
    {
        await using var input = Open(file);
        using var reader = new BoundedLineReader(input, MaxLineLength);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        var underWay = new Queue<Task<string>>();
        while (ReadBlock(reader) is { Count: > 0 } block)
        {
            underWay.Enqueue(Task.Run(() => JudgeBlock(block, judge), cancellationToken));
            if (underWay.Count > Environment.ProcessorCount * 2)
            {
                await output.WriteAsync(await underWay.Dequeue());
            }
        }

        while (underWay.TryDequeue(out var judging))
        {
            await output.WriteAsync(await judging);
        }

        return ExitCodes.Accepted;
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

    private static List<string> ReadBlock(BoundedLineReader reader)
    {
        var block = new List<string>(BlockLines);
        while (block.Count < BlockLines && reader.TryRead(out var line))
        {
            block.Add(line);
        }

        return block;
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
