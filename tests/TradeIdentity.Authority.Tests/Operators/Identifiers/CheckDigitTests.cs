using System.Globalization;
using System.Numerics;
using CsCheck;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Tests.Operators.Identifiers;

public class CheckDigitTests
{
    private const string Upper = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly Gen<string> Leis =
        Gen.Char[Upper].Array[18].Select(body => new string(body) + TwoDigits(98 - Remainder(new string(body) + "00")));

    private static readonly Gen<string> Glns = Gen.Char['0', '9'].Array[12].Select(body =>
    {
        var sum = body.Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return new string(body) + ((10 - (sum % 10)) % 10);
    });

    [Fact]
    public void Every_single_digit_change_of_an_lei_is_refused() =>
        Leis.Sample(lei =>
        {
            Assert.True(Lei.TryParse(lei, out _), lei);
            Assert.All(DigitChanges(lei), changed => Assert.False(Lei.TryParse(changed, out _), $"{lei} -> {changed}"));
        });

    [Fact]
    public void Every_single_digit_change_of_a_gln_is_refused() =>
        Glns.Sample(gln =>
        {
            Assert.True(Gln.TryParse(gln, out _), gln);
            Assert.All(DigitChanges(gln), changed => Assert.False(Gln.TryParse(changed, out _), $"{gln} -> {changed}"));
        });

    [Fact]
    public void An_adjacent_transposition_of_an_lei_is_refused_where_it_changes_the_remainder_and_a_digit_pair_always_does() =>
        Leis.Sample(lei =>
        {
            for (var i = 0; i < lei.Length - 1; i++)
            {
                if (lei[i] == lei[i + 1])
                {
                    continue;
                }

                var swapped = lei[..i] + lei[i + 1] + lei[i] + lei[(i + 2)..];
                var wellFormed = char.IsAsciiDigit(swapped[18]) && char.IsAsciiDigit(swapped[19]) && swapped[18..] is not ("00" or "01" or "99");
                Assert.Equal(wellFormed && Remainder(swapped) == 1, Lei.TryParse(swapped, out _));
                Assert.False(char.IsAsciiDigit(lei[i]) && char.IsAsciiDigit(lei[i + 1]) && Lei.TryParse(swapped, out _), swapped);
            }
        });

    [Fact]
    public void An_lei_has_one_pair_of_check_digits_only() =>
        Leis.Sample(lei => Assert.Single(Enumerable.Range(0, 100), check => Lei.TryParse($"{lei[..18]}{check:00}", out _)));

    // The definition in numbers as long as they come, beside the product's running remainder.
    private static int Remainder(string text) =>
        (int)(BigInteger.Parse(string.Concat(text.Select(character => $"{Upper.IndexOf(character)}")), CultureInfo.InvariantCulture) % 97);

    private static string TwoDigits(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    private static IEnumerable<string> DigitChanges(string text) =>
        from i in Enumerable.Range(0, text.Length)
        where char.IsAsciiDigit(text[i])
        from digit in "0123456789"
        where digit != text[i]
        select text[..i] + digit + text[(i + 1)..];
}
