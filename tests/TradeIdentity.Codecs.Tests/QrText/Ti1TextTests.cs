using CsCheck;
using TradeIdentity.Codecs.QrText;

namespace TradeIdentity.Codecs.Tests.QrText;

public class Ti1TextTests
{
    [Fact]
    public void Gives_back_the_message() => Gen.Byte.Array[0, 500].Sample(message =>
        Decoded(Ti1Text.Encode(message)).AsSpan().SequenceEqual(message));

    [Fact]
    public void Reads_no_changed_text_as_the_same_message() => Gen.Select(Gen.Byte.Array[1, 60], Gen.Int[0, 1000], Gen.Char["09AZ :az\n"], Gen.Int[0, 2]).Sample((message, where, c, act) =>
    {
        var text = Ti1Text.Encode(message);
        var at = where % text.Length;
        var changed = act switch { 0 => $"{text[..at]}{c}{text[(at + 1)..]}", 1 => $"{text[..at]}{c}{text[at..]}", _ => text.Remove(at, 1) };
        return changed == text || Decoded(changed) is not { } other || !other.AsSpan().SequenceEqual(message);
    }, iter: 5000);

    [Theory]
    [InlineData("")]
    [InlineData("TI1")]
    [InlineData("ti1:00")]
    [InlineData(" TI1:00")]
    [InlineData("TI2:00")]
    [InlineData("HC1:00")]
    [InlineData("TI1:00\n")]
    public void Rejects_another_prefix_and_anything_around(string text) => Assert.Null(Decoded(text));

    [Fact]
    public void Rejects_a_text_longer_than_any_code() =>
        Assert.Null(Decoded(Ti1Text.Prefix + new string('0', Ti1Text.MaxLength - Ti1Text.Prefix.Length + 1)));

    private static byte[]? Decoded(string text)
    {
        var message = new byte[Ti1Text.MaxMessageLength + 8];
        return Ti1Text.TryDecode(text, message, out var written) ? message[..written] : null;
    }
}
