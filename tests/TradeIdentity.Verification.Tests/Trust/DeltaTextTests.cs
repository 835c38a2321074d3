using CsCheck;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Verification.Tests.Trust;

public sealed class DeltaTextTests
{
    [Fact]
    public void What_is_encoded_is_decoded_equal() => Gen.Byte.Array[0, DeltaText.MaxDeltaLength].Sample(delta =>
        DeltaText.TryDecode(DeltaText.Encode(delta), out var decoded) && decoded.AsSpan().SequenceEqual(delta), iter: 300);

    [Fact]
    public void A_text_fits_a_QR_code_or_is_not_made()
    {
        Assert.InRange(DeltaText.Encode(new byte[DeltaText.MaxDeltaLength]).Length, 4290, 4296);
        Assert.Throws<ArgumentOutOfRangeException>(() => DeltaText.Encode(new byte[DeltaText.MaxDeltaLength + 1]));
    }

    [Fact]
    public void Another_text_is_refused()
    {
        var text = DeltaText.Encode([1, 2, 3, 4]);
        Assert.True(DeltaText.HasPrefix(text));
        string[] wrong =
        [
            "", "TI1:" + text[5..], text.ToLowerInvariant(), " " + text, text + "\n", text + " ", text[..^1], text[5..],
            DeltaText.Prefix + new string('0', 4293), DeltaText.Prefix + ":::",
        ];
        Assert.All(wrong, w =>
        {
            Assert.False(DeltaText.TryDecode(w, out var delta), w);
            Assert.Empty(delta);
        });
    }
}
