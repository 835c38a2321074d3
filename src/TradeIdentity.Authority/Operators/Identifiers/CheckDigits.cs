using System.Globalization;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Check digit arithmetic that several identifiers share. The caller has checked the characters.</summary>
internal static class CheckDigits
{
    /// <summary>ISO 7064 MOD 97-10 remainder; letters count as 10 to 35.</summary>
    public static int Mod97(ReadOnlySpan<char> text)
    {
        var remainder = 0;
        foreach (var character in text)
        {
            remainder = char.IsAsciiDigit(character)
                ? ((remainder * 10) + character - '0') % 97
                : ((remainder * 100) + character - 'A' + 10) % 97;
        }

        return remainder;
    }

    /// <summary>The number that at most nine digits write.</summary>
    public static int Value(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>ISO/IEC 7812-1 annex B (Luhn): every second digit from the right is doubled.</summary>
    public static int LuhnSum(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var value = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? value : (value / 5) + (value * 2 % 10);
        }

        return sum;
    }

    public static bool IsLuhn(ReadOnlySpan<char> digits) => LuhnSum(digits) % 10 == 0;

    /// <summary>ISO 7064 MOD 11,10: valid when the remainder is 1.</summary>
    public static bool IsMod11And10(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits[..^1])
        {
            var sum = (product + digit - '0') % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (product + digits[^1] - '0') % 10 == 1;
    }

    /// <summary>Sum of character values (ASCII code less 48) times weights, from the left.</summary>
    public static int WeightedSum(ReadOnlySpan<char> text, ReadOnlySpan<byte> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (text[i] - '0') * weights[i];
        }

        return sum;
    }
}
