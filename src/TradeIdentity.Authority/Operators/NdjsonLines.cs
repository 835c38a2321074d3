using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace TradeIdentity.Authority.Operators;

/// <summary>Splits a stream into lines in constant memory, whatever the stream holds. Blank lines are counted and left out.</summary>
public static class NdjsonLines
{
    /// <summary>A line's bytes are valid until the next line is asked for.</summary>
    public static async IAsyncEnumerable<ImportLine> ReadAsync(
        PipeReader reader, int maxLineBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        var skipping = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            while (TryTakeLine(ref buffer, read.IsCompleted, skipping, out var line))
            {
                number++;
                if (skipping || line.Length > maxLineBytes)
                {
                    skipping = false;
                    yield return new ImportLine(number, default, IsTooLong: true);
                }
                else if (!IsBlank(line))
                {
                    yield return new ImportLine(number, line.IsSingleSegment ? line.First : line.ToArray(), IsTooLong: false);
                }
            }

            if (read.IsCompleted)
            {
                reader.AdvanceTo(buffer.End);
                yield break;
            }

            // The rest of a line that is too long already is let go as it comes.
            skipping |= buffer.Length > maxLineBytes;
            reader.AdvanceTo(skipping ? buffer.End : buffer.Start, buffer.End);
        }
    }

    /// <inheritdoc cref="ReadAsync(PipeReader, int, CancellationToken)"/>
    public static IAsyncEnumerable<ImportLine> ReadAsync(Stream stream, int maxLineBytes, CancellationToken cancellationToken) =>
        ReadAsync(PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true)), maxLineBytes, cancellationToken);

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isCompleted, bool skipping, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        // The last line need not end with a line feed; of one that is skipped nothing may be left.
        line = buffer;
        buffer = isCompleted ? buffer.Slice(buffer.End) : buffer;
        return isCompleted && (skipping || !line.IsEmpty);
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var segment in line)
        {
            if (segment.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }
}
