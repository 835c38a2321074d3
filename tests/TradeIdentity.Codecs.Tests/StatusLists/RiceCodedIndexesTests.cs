using CsCheck;
using TradeIdentity.Codecs.StatusLists;

namespace TradeIdentity.Codecs.Tests.StatusLists;

public class RiceCodedIndexesTests
{
    private static readonly Gen<int[]> Sets = Gen.Int[1, 31].SelectMany(bits =>
        Gen.Int[0, (int)((1L << bits) - 1)].Array[0, 200].Select(all => all.Distinct().Order().ToArray()));

    [Fact]
    public void Gives_back_the_indexes() => Sets.Sample(indexes =>
        RiceCodedIndexes.TryDecode(RiceCodedIndexes.Encode(indexes), int.MaxValue, out var back)
        && back.AsSpan().SequenceEqual(indexes), iter: 2000);

    [Fact]
    public void Accepts_no_other_encoding_of_the_same_indexes() => Gen.Select(Sets, Gen.Int[0, int.MaxValue], Gen.Int[0, 3], Gen.Byte).Sample((indexes, where, act, value) =>
    {
        var encoded = RiceCodedIndexes.Encode(indexes);
        var at = where % encoded.Length;
        byte[] changed = act switch
        {
            0 => [.. encoded, value],
            1 => encoded[..at],
            2 => [.. encoded[..at], value, .. encoded[at..]],
            _ => [.. encoded[..at], (byte)(encoded[at] ^ 1 << value % 8), .. encoded[(at + 1)..]],
        };
        return changed.AsSpan().SequenceEqual(encoded)
            || !RiceCodedIndexes.TryDecode(changed, int.MaxValue, out var other)
            || !other.AsSpan().SequenceEqual(indexes);
    }, iter: 5000);

    [Fact]
    public void Accepts_only_what_it_would_write() => Gen.Select(Gen.Int[0, 20], Gen.Int[0, 25], Gen.Byte.Array[0, 12]).Sample((count, k, codes) =>
    {
        byte[] encoded = [(byte)count, (byte)k, .. codes];
        return !RiceCodedIndexes.TryDecode(encoded, int.MaxValue, out var indexes)
            || RiceCodedIndexes.Encode(indexes).AsSpan().SequenceEqual(encoded);
    }, iter: 20_000);

    [Fact]
    public void Rejects_an_index_at_the_bound()
    {
        var encoded = RiceCodedIndexes.Encode([3, 999]);
        Assert.True(RiceCodedIndexes.TryDecode(encoded, 1000, out _));
        Assert.False(RiceCodedIndexes.TryDecode(encoded, 999, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("8000")]
    [InlineData("0100")]
    [InlineData("01")]
    [InlineData("011900")]
    [InlineData("FFFFFFFF0F00")]
    public void Rejects_a_count_without_its_codes(string hex) =>
        Assert.False(RiceCodedIndexes.TryDecode(Convert.FromHexString(hex), 1000, out _));

    [Fact]
    public void No_index_takes_one_byte()
    {
        Assert.Equal([0], RiceCodedIndexes.Encode([]));
        Assert.True(RiceCodedIndexes.TryDecode([0], 1000, out var indexes));
        Assert.Empty(indexes);
        Assert.False(RiceCodedIndexes.TryDecode([0, 0], 1000, out _));
    }

    [Fact]
    public void Refuses_to_encode_indexes_out_of_order()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RiceCodedIndexes.Encode([2, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RiceCodedIndexes.Encode([1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RiceCodedIndexes.Encode([-1]));
    }

    [Fact]
    public void One_percent_of_ten_million_takes_near_the_information_limit()
    {
        // log2 of the number of such sets is 100,991 bytes; the coding measured 101,333.
        var encoded = RiceCodedIndexes.Encode(Scattered(100_000));
        Assert.InRange(encoded.Length, 100_991, 101_600);
        Assert.Equal(6, encoded[3]);
    }

    [Fact]
    public void A_days_delta_fits_a_qr_code() =>
        Assert.InRange(RiceCodedIndexes.Encode(Scattered(274)).Length, 550, 580);

    // A fixed multiplicative walk: scattered like random choices, and the same in every run.
    private static int[] Scattered(int count)
    {
        var state = 0x9E3779B97F4A7C15UL;
        var set = new SortedSet<int>();
        while (set.Count < count)
        {
            state = state * 6364136223846793005UL + 1442695040888963407UL;
            set.Add((int)((state >> 33) % 10_000_000));
        }

        return [.. set];
    }
}
