using System.IO.Compression;
using CsCheck;
using TradeIdentity.Codecs.StatusLists;

namespace TradeIdentity.Codecs.Tests.StatusLists;

public class BoundedZlibTests
{
    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
        Gen.Byte.Array[1, 3000],
        Gen.Select(Gen.Byte, Gen.Int[1, 50_000], (value, length) => Enumerable.Repeat(value, length).ToArray()));

    [Fact]
    public void Gives_back_what_was_compressed() => Bytes.Sample(bytes =>
        BoundedZlib.TryInflate(Compressed(bytes), bytes.Length, out var back) && back.AsSpan().SequenceEqual(bytes), iter: 300);

    [Fact]
    public void Inflates_an_empty_stream()
    {
        Assert.True(BoundedZlib.TryInflate(Convert.FromHexString("789C030000000001"), 0, out var bytes));
        Assert.Empty(bytes);
    }

    [Fact]
    public void Rejects_one_byte_more_than_allowed() => Bytes.Sample(bytes =>
        !BoundedZlib.TryInflate(Compressed(bytes), bytes.Length - 1, out var none) && none.Length == 0, iter: 300);

    [Fact]
    public void Rejects_trailing_bytes() => Gen.Select(Bytes, Gen.Byte.Array[1, 12]).Sample((bytes, trailing) =>
        !BoundedZlib.TryInflate((byte[])[.. Compressed(bytes), .. trailing], 100_000, out _), iter: 300);

    [Fact]
    public void Rejects_a_trailing_copy_of_the_checksum() => Bytes.Sample(bytes =>
    {
        var zlib = Compressed(bytes);
        return !BoundedZlib.TryInflate((byte[])[.. zlib, .. zlib[^4..]], 100_000, out _);
    }, iter: 100);

    [Fact]
    public void Rejects_every_stream_cut_short()
    {
        var zlib = Compressed("a company's status, a company's status, and another one"u8.ToArray());
        for (var length = 0; length < zlib.Length; length++)
        {
            Assert.False(BoundedZlib.TryInflate(zlib.AsSpan(0, length), 1000, out _), $"cut to {length}");
        }
    }

    [Fact]
    public void Rejects_a_wrong_checksum()
    {
        var zlib = Compressed("status"u8.ToArray());
        zlib[^1] ^= 1;
        Assert.False(BoundedZlib.TryInflate(zlib, 1000, out _));
    }

    [Fact]
    public void Rejects_a_preset_dictionary()
    {
        // 78 BB: method 8, FDICT set, check bits right.
        Assert.False(BoundedZlib.TryInflate(Convert.FromHexString("78BB0000000103000000000001"), 1000, out _));
    }

    [Fact]
    public void Stops_a_bomb_at_the_bound_without_taking_its_memory()
    {
        var bomb = Compressed(new byte[64 * 1024 * 1024]);
        Assert.False(BoundedZlib.TryInflate(bomb, 65_536, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(BoundedZlib.TryInflate(bomb, 65_536, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512 * 1024);
    }

    [Fact]
    public void Answers_for_arbitrary_bytes() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        var inflated = BoundedZlib.TryInflate((byte[])[0x78, 0xDA, .. bytes], 4096, out var back);
        return inflated || back.Length == 0;
    }, iter: 2000);

    [Fact]
    public void Inflates_to_exactly_the_length_asked_for()
    {
        var zlib = Compressed("status"u8.ToArray());
        Assert.True(BoundedZlib.TryInflateExactly(zlib, new byte[6]));
        Assert.False(BoundedZlib.TryInflateExactly(zlib, new byte[5]));
        Assert.False(BoundedZlib.TryInflateExactly(zlib, new byte[7]));
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.SmallestSize))
        {
            zlib.Write(bytes);
        }

        return output.ToArray();
    }
}
