using System.Formats.Cbor;
using CsCheck;
using TradeIdentity.Codecs.Cbor;

namespace TradeIdentity.Codecs.Tests.Cbor;

public class DeterministicCborReaderTests
{
    [Fact]
    public void Reads_what_the_platform_writes() => Gen.Select(Gen.Long, Gen.Byte.Array[0, 300], Gen.String[Gen.Char['a', 'ÿ'], 0, 100]).Sample((number, bytes, text) =>
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(4);
        writer.WriteInt64(number);
        writer.WriteByteString(bytes);
        writer.WriteTextString(text);
        writer.WriteBoolean(true);
        writer.WriteEndArray();
        var reader = new DeterministicCborReader(writer.Encode());
        return reader.TryReadArray(out var count) && count == 4
            && reader.TryReadInteger(out var readNumber) && readNumber == number
            && reader.TryReadBytes(out var readBytes) && readBytes.SequenceEqual(bytes)
            && reader.TryReadText(1000, out var readText) && readText == text
            && reader.TryReadBoolean(out var flag) && flag
            && reader.AtEnd;
    });

    [Theory]
    [InlineData("1800")] // 0 in two bytes
    [InlineData("1817")]
    [InlineData("190018")]
    [InlineData("1900FF")]
    [InlineData("1A0000FFFF")]
    [InlineData("1B00000000FFFFFFFF")]
    [InlineData("1C")]
    [InlineData("1F")]
    [InlineData("18")]
    [InlineData("1BFFFFFFFFFFFFFFFF")] // beyond 63 bits
    [InlineData("3BFFFFFFFFFFFFFFFF")]
    [InlineData("F90000")]
    [InlineData("")]
    public void Rejects_integers_in_another_form(string hex) =>
        Assert.False(new DeterministicCborReader(Convert.FromHexString(hex)).TryReadInteger(out _));

    [Theory]
    [InlineData("5F4100FF")] // indefinite
    [InlineData("580100")] // length in two bytes
    [InlineData("42FF")] // cut short
    [InlineData("5BFFFFFFFFFFFFFFFF")]
    [InlineData("6100")] // a text
    public void Rejects_byte_strings_in_another_form(string hex) =>
        Assert.False(new DeterministicCborReader(Convert.FromHexString(hex)).TryReadBytes(out _));

    [Theory]
    [InlineData("62C328")] // no UTF-8
    [InlineData("63EDA080")] // half of a surrogate pair
    [InlineData("7F6161FF")]
    public void Rejects_texts_in_another_form(string hex) =>
        Assert.False(new DeterministicCborReader(Convert.FromHexString(hex)).TryReadText(100, out _));

    [Theory]
    [InlineData("9F")]
    [InlineData("84010203")] // four promised, three there
    [InlineData("9A7FFFFFFF")]
    public void Rejects_arrays_that_promise_more_than_there_is(string hex) =>
        Assert.False(new DeterministicCborReader(Convert.FromHexString(hex)).TryReadArray(out _));

    [Fact]
    public void Takes_keys_in_ascending_order_only() => Gen.Select(Gen.Long[-70_000, 70_000], Gen.Long[-70_000, 70_000]).Sample((one, other) =>
    {
        var writer = new CborWriter();
        writer.WriteStartArray(2);
        writer.WriteInt64(one);
        writer.WriteInt64(other);
        writer.WriteEndArray();
        var reader = new DeterministicCborReader(writer.Encode());
        long key = DeterministicCborReader.BeforeFirstKey;
        reader.TryReadArray(out _);
        var taken = reader.TryReadKey(ref key) && reader.TryReadKey(ref key);
        return taken == (Encoded(one).AsSpan().SequenceCompareTo(Encoded(other)) < 0);
    }, iter: 5000);

    private static byte[] Encoded(long number)
    {
        var writer = new CborWriter();
        writer.WriteInt64(number);
        return writer.Encode();
    }
}
