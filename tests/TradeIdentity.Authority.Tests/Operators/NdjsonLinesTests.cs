using System.Text;
using CsCheck;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Authority.Tests.Operators;

public class NdjsonLinesTests
{
    private const int MaxLine = 10;

    [Fact]
    public void Splits_any_text_as_a_plain_split_does_however_the_stream_comes() =>
        Gen.Select(Gen.Char["ab\n\r "].Array[0, 80], Gen.Int[1, 17]).Sample((characters, chunk) =>
        {
            var text = new string(characters);
            var lines = text.Split('\n');
            var expected = lines
                .Select((line, i) => (Number: i + 1L, Text: line.Length > MaxLine ? null : line))
                .Where(line => line.Text is null || line.Text.Trim(' ', '\r').Length > 0);

            Assert.Equal(expected, Read(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk)));
        });

    [Fact]
    public void A_line_without_end_is_let_go_in_constant_memory()
    {
        const int Length = 64 * 1024 * 1024;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var lines = Read(new ChunkedStream(new byte[4096], 4096, repeat: Length / 4096));

        Assert.Equal((1L, (string?)null), Assert.Single(lines));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < Length / 16);
    }

    private static List<(long Number, string? Text)> Read(Stream stream) =>
        NdjsonLines.ReadAsync(stream, MaxLine, CancellationToken.None)
            .Select(line => (line.Number, line.IsTooLong ? null : Encoding.UTF8.GetString(line.Utf8.Span)))
            .ToBlockingEnumerable()
            .ToList();

    private sealed class ChunkedStream(byte[] bytes, int chunk, int repeat = 1) : MemoryStream(bytes)
    {
        private int _left = repeat;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length && --_left > 0)
            {
                Position = 0;
            }

            return ValueTask.FromResult(Read(buffer.Span[..Math.Min(chunk, buffer.Length)]));
        }
    }
}
