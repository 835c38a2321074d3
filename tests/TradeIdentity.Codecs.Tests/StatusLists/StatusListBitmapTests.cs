using CsCheck;
using TradeIdentity.Codecs.StatusLists;

namespace TradeIdentity.Codecs.Tests.StatusLists;

public class StatusListBitmapTests
{
    private static readonly Gen<int> AnyBits = Gen.Int[0, 3].Select(power => 1 << power);

    [Fact]
    public void Packs_one_bit_statuses_from_the_least_significant_bit()
    {
        // The first example of the draft, §4.1: 1 0 0 1 1 1 0 1 1 1 0 0 0 1 0 1 → B9 A3.
        byte[] statuses = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1];
        Assert.Equal("B9A3", Packed(1, statuses));
    }

    [Fact]
    public void Packs_two_bit_statuses_from_the_least_significant_bits()
    {
        // The second example of the draft, §4.1: 1 2 0 3 0 1 0 1 1 2 3 3 → C9 44 F9.
        byte[] statuses = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3];
        Assert.Equal("C944F9", Packed(2, statuses));
    }

    [Fact]
    public void Holds_what_was_set_and_nothing_else() => Gen.Select(AnyBits, Gen.Select(Gen.Int[0, 999], Gen.Byte).Array[0, 100]).Sample((bits, acts) =>
    {
        var bitmap = new StatusListBitmap(bits, 1000);
        var model = new byte[1000];
        foreach (var (index, value) in acts)
        {
            var status = (byte)(value & ((1 << bits) - 1));
            bitmap.Set(index, status);
            model[index] = status;
        }

        return model.Index().All(each => bitmap.Get(each.Index) == each.Item);
    }, iter: 300);

    [Fact]
    public void Comes_back_from_its_compressed_form() => Gen.Select(AnyBits, Gen.Int[1, 5000], Gen.Int[0, 4999].Array[0, 50]).Sample((bits, count, set) =>
    {
        var bitmap = new StatusListBitmap(bits, count);
        Array.ForEach(set, index => bitmap.Set(index % count, 1));
        return StatusListBitmap.TryDecompress(bitmap.Compress(), bits, count, out var back)
            && back.Bytes.SequenceEqual(bitmap.Bytes)
            && (back.Bits, back.Count) == (bits, count)
            && StatusListBitmap.TryDecompress(bitmap.Compress(), bits, out var published)
            && published.Bytes.SequenceEqual(bitmap.Bytes);
    }, iter: 300);

    [Fact]
    public void Compresses_the_same_list_to_the_same_bytes()
    {
        var bitmap = new StatusListBitmap(2, 100_000);
        for (var index = 0; index < 100_000; index += 37)
        {
            bitmap.Set(index, 1);
        }

        Assert.Equal(bitmap.Compress(), bitmap.Clone().Compress());
    }

    [Fact]
    public void Rejects_another_length_than_the_declared_one()
    {
        var zlib = new StatusListBitmap(1, 16).Compress();
        Assert.True(StatusListBitmap.TryDecompress(zlib, 1, 16, out _));
        Assert.False(StatusListBitmap.TryDecompress(zlib, 1, 17, out _));
        Assert.False(StatusListBitmap.TryDecompress(zlib, 1, 8, out _));
        Assert.False(StatusListBitmap.TryDecompress(zlib, 3, 16, out _));
        Assert.False(StatusListBitmap.TryDecompress(zlib, 1, 0, out _));
    }

    [Fact]
    public void Rejects_bits_beyond_the_declared_count()
    {
        var longer = new StatusListBitmap(1, 16);
        longer.Set(15, 1);
        Assert.False(StatusListBitmap.TryDecompress(longer.Compress(), 1, 15, out _));
    }

    [Fact]
    public void Finds_the_indexes_that_have_a_value() => Gen.Select(AnyBits, Gen.Int[0, 999].Array[0, 50]).Sample((bits, set) =>
    {
        var bitmap = new StatusListBitmap(bits, 1000);
        Array.ForEach(set, index => bitmap.Set(index, 1));
        return bitmap.IndexesOf(1).SequenceEqual(set.Distinct().Order());
    }, iter: 300);

    [Theory]
    [InlineData(-1)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Has_no_status_out_of_range(int index)
    {
        var bitmap = new StatusListBitmap(1, 1000);
        Assert.Throws<ArgumentOutOfRangeException>(() => bitmap.Get(index));
        Assert.Throws<ArgumentOutOfRangeException>(() => bitmap.Set(index, 1));
    }

    [Fact]
    public void Refuses_a_status_that_does_not_fit() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StatusListBitmap(2, 8).Set(0, 4));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(16)]
    public void Refuses_other_bits(int bits)
    {
        Assert.False(StatusListBitmap.TryDecompress(new StatusListBitmap(1, 8).Compress(), bits, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StatusListBitmap(bits, 8));
    }

    [Fact]
    public void Ten_million_indexes_of_two_bits_take_two_and_a_half_megabytes() =>
        Assert.Equal(2_500_000, new StatusListBitmap(2, 10_000_000).Bytes.Length);

    [Fact]
    public void Looks_up_without_allocating()
    {
        var bitmap = new StatusListBitmap(2, 10_000);
        bitmap.Get(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < 10_000; index++)
        {
            bitmap.Get(index);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static string Packed(int bits, byte[] statuses)
    {
        var bitmap = new StatusListBitmap(bits, statuses.Length);
        foreach (var (index, status) in statuses.Index())
        {
            bitmap.Set(index, status);
        }

        return Convert.ToHexString(bitmap.Bytes);
    }
}
