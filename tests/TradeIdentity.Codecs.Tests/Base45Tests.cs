using System.Buffers;
using CsCheck;

namespace TradeIdentity.Codecs.Tests;

public class Base45Tests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    [Fact]
    public void Gives_back_the_bytes() => Gen.Byte.Array[0, 300].Sample(bytes => Decoded(Base45.Encode(bytes)).AsSpan().SequenceEqual(bytes));

    [Fact]
    public void Has_one_text_for_bytes() => Gen.Char[Alphabet].Array[0, 12].Select(text => new string(text)).Sample(
        text => Decoded(text) is not { } bytes || Base45.Encode(bytes) == text, iter: 20_000);

    [Fact]
    public void Rejects_every_character_outside_the_alphabet()
    {
        for (var c = char.MinValue; c < char.MaxValue; c++)
        {
            // In the first place of a group every character of the alphabet makes a value in range.
            Assert.Equal(Alphabet.Contains(c), Decoded($"{c}00") is not null);
        }
    }

    [Fact]
    public void Says_that_the_destination_is_too_small() =>
        Assert.Equal(OperationStatus.DestinationTooSmall, Base45.Decode("QED8WEX0", new byte[4], out _));

    [Fact]
    public void Writes_as_many_characters_as_it_says() => Gen.Byte.Array[0, 100].Sample(bytes =>
        Base45.Encode(bytes).Length == Base45.EncodedLength(bytes.Length) && Base45.MaxDecodedLength(Base45.EncodedLength(bytes.Length)) == bytes.Length);

    private static byte[]? Decoded(string text)
    {
        var bytes = new byte[Base45.MaxDecodedLength(text.Length)];
        return Base45.Decode(text, bytes, out var written) == OperationStatus.Done ? bytes[..written] : null;
    }
}
