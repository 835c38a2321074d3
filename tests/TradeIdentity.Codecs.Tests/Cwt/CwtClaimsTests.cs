using CsCheck;
using TradeIdentity.Codecs.Cwt;

namespace TradeIdentity.Codecs.Tests.Cwt;

public class CwtClaimsTests
{
    [Fact]
    public void Reads_every_registered_claim()
    {
        // {1: "NL", 2: "s", 3: ["a", "b"], 4: 2, 5: 1, 6: 0, 7: h'01', -260: true, "x": 1}
        var claims = Read("A901624E4C026173038261616162040205010600074101390103F5617801", NumericDates.WholeSeconds)!;
        Assert.Equal(("NL", "s"), (claims.Issuer, claims.Subject));
        Assert.Equal(["a", "b"], claims.Audiences);
        Assert.Equal((2, 1, 0), (claims.ExpiresAt?.ToUnixTimeSeconds(), claims.NotBefore?.ToUnixTimeSeconds(), claims.IssuedAt?.ToUnixTimeSeconds()));
        Assert.Equal([1], claims.TokenId!.Value.ToArray());
        Assert.Equal([0xF5], claims.Others[-260].ToArray());
        Assert.Equal([0x01], claims.Named["x"].ToArray());
    }

    [Theory]
    [InlineData("A104FB41D584367C200000", false, true)] // a double
    [InlineData("A104F94000", false, true)] // a half
    [InlineData("A1041A60000000", true, true)]
    [InlineData("A104C11A60000000", false, true)] // tag 1, against RFC 8392 §2
    [InlineData("A104C01A60000000", false, false)] // another tag
    [InlineData("A104C1C11A60000000", false, false)]
    [InlineData("A104FB7FF8000000000000", false, false)] // not a number
    [InlineData("A104FB7FF0000000000000", false, false)] // infinite
    [InlineData("A1041B7FFFFFFFFFFFFFFF", false, false)] // beyond the calendar
    [InlineData("A104613161", false, false)]
    [InlineData("A204010401", false, false)] // exp twice
    [InlineData("A101F6", false, false)]
    [InlineData("A10401FF", false, false)] // trailing
    [InlineData("80", false, false)]
    [InlineData("BF0401FF", true, true)]
    public void Takes_times_as_strictly_as_told(string hex, bool whole, bool fractions)
    {
        Assert.Equal(whole, Read(hex, NumericDates.WholeSeconds) is not null);
        Assert.Equal(fractions, Read(hex, NumericDates.FractionsAllowed) is not null);
    }

    [Fact]
    public void Keeps_the_fraction() =>
        Assert.Equal(500, Read("A106FB41D584367C200000", NumericDates.FractionsAllowed)!.IssuedAt!.Value.Millisecond);

    [Fact]
    public void Answers_for_arbitrary_bytes() => Gen.Byte.Array[0, 40].Sample(
        bytes => CwtClaims.TryRead((byte[])[0xA3, .. bytes], NumericDates.FractionsAllowed, out var claims) == claims is not null, iter: 20_000);

    private static CwtClaims? Read(string hex, NumericDates dates) =>
        CwtClaims.TryRead(Convert.FromHexString(hex), dates, out var claims) ? claims : null;
}
