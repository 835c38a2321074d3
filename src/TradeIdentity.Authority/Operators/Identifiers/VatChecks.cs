namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>The public check of each country's VAT numbers, on what follows the prefix (upper alphanumerics already).</summary>
internal static class VatChecks
{
    private const string FrenchAlphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    internal delegate bool Check(ReadOnlySpan<char> number);

    /// <summary>Null where no public check is implemented.</summary>
    public static Check? Of(ReadOnlySpan<char> prefix) => prefix switch
    {
        "AT" => Austria,
        "BE" => Belgium,
        "CH" => Switzerland,
        "DE" => Germany,
        "DK" => Denmark,
        "ES" => Spain,
        "FI" => Finland,
        "FR" => France,
        "GB" or "XI" => UnitedKingdom,
        "IT" => Italy,
        "LU" => Luxembourg,
        "NL" => Netherlands,
        "NO" => Norway,
        "PL" => Poland,
        "PT" => Portugal,
        "SE" => Sweden,
        _ => null,
    };

    private static bool Austria(ReadOnlySpan<char> number) =>
        number.Length == 9
        && number[0] == 'U'
        && Characters.AreDigits(number[1..])
        && (CheckDigits.LuhnSum(number[1..8]) + number[8] - '0' + 4) % 10 == 0;

    private static bool Belgium(ReadOnlySpan<char> number) =>
        IsDigits(number, 10) && number[0] is '0' or '1' && 97 - (CheckDigits.Value(number[..8]) % 97) == CheckDigits.Value(number[8..]);

    // UID: CHE, nine digits, and the tax's name in one of three languages.
    private static bool Switzerland(ReadOnlySpan<char> number) =>
        number.Length >= 10
        && number[0] == 'E'
        && Characters.AreDigits(number[1..10])
        && number[10..] is "" or "MWST" or "TVA" or "IVA"
        && CheckDigits.WeightedSum(number[1..10], [5, 4, 3, 2, 7, 6, 5, 4, 1]) % 11 == 0;

    private static bool Germany(ReadOnlySpan<char> number) =>
        IsDigits(number, 9) && number[0] != '0' && CheckDigits.IsMod11And10(number);

    private static bool Denmark(ReadOnlySpan<char> number) =>
        IsDigits(number, 8) && number[0] != '0' && CheckDigits.WeightedSum(number, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0;

    private static bool Spain(ReadOnlySpan<char> number)
    {
        if (number.Length != 9 || !Characters.AreDigits(number[1..8]))
        {
            return false;
        }

        return char.IsAsciiDigit(number[0])
            ? number[8] == PersonLetter(number[..8])
            : number[0] switch
            {
                'X' or 'Y' or 'Z' => number[8] == PersonLetter($"{number[0] - 'X'}{number[1..8]}"),
                'K' or 'L' or 'M' => number[8] == PersonLetter(number[1..8]),
                _ => IsSpanishCompany(number),
            };
    }

    private static char PersonLetter(ReadOnlySpan<char> digits) => "TRWAGMYFPDXBNJZSQVHLCKE"[CheckDigits.Value(digits) % 23];

    // Orden EHA/451/2008: the first letter is the legal form, and decides whether the control is a letter or a digit.
    private static bool IsSpanishCompany(ReadOnlySpan<char> number)
    {
        var control = (10 - (CheckDigits.LuhnSum($"{number[1..8]}0") % 10)) % 10;
        var digit = number[8] == '0' + control;
        var letter = number[8] == "JABCDEFGHI"[control];
        return number[0] switch
        {
            'A' or 'B' or 'E' or 'H' => digit,
            'P' or 'Q' or 'R' or 'S' or 'N' or 'W' => letter,
            'C' or 'D' or 'F' or 'G' or 'J' or 'U' or 'V' => digit || letter,
            _ => false,
        };
    }

    private static bool Finland(ReadOnlySpan<char> number) =>
        IsDigits(number, 8) && CheckDigits.WeightedSum(number, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 == 0;

    // Two key characters and the SIREN; Monaco's numbers begin with 000 and are no SIREN.
    private static bool France(ReadOnlySpan<char> number)
    {
        if (number.Length != 11 || !Characters.AreDigits(number[2..]))
        {
            return false;
        }

        var business = number[2..];
        return (business.StartsWith("000", StringComparison.Ordinal) || Siren.TryParse(business, out _))
            && IsFrenchKey(number[..2], CheckDigits.Value(business));
    }

    private static bool IsFrenchKey(ReadOnlySpan<char> key, int business)
    {
        if (Characters.AreDigits(key))
        {
            return CheckDigits.Value(key) == (12 + (3 * (business % 97))) % 97;
        }

        var first = FrenchAlphabet.IndexOf(key[0], StringComparison.Ordinal);
        var second = FrenchAlphabet.IndexOf(key[1], StringComparison.Ordinal);
        if (first < 0 || second < 0)
        {
            return false;
        }

        var check = first < 10 ? (first * 24) + second - 10 : (first * 34) + second - 100;
        return ((long)business + 1 + (check / 11)) % 11 == check % 11;
    }

    private static bool UnitedKingdom(ReadOnlySpan<char> number)
    {
        if (number.Length == 5)
        {
            // Government departments and health authorities.
            return Characters.AreDigits(number[2..])
                && ((number[..2] is "GD" && number[2] < '5') || (number[..2] is "HA" && number[2] >= '5'));
        }

        if (number.Length is not (9 or 12) || !Characters.AreDigits(number))
        {
            return false;
        }

        // Modulo 97, or, for numbers given since 2009, the same less 55.
        var sum = CheckDigits.WeightedSum(number, [8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97;
        return sum is 0 or 42;
    }

    private static bool Italy(ReadOnlySpan<char> number) =>
        IsDigits(number, 11)
        && number[..7] is not "0000000"
        && CheckDigits.Value(number[7..10]) is (>= 1 and <= 100) or 120 or 121 or 888 or 999
        && CheckDigits.IsLuhn(number);

    private static bool Luxembourg(ReadOnlySpan<char> number) =>
        IsDigits(number, 8) && CheckDigits.Value(number[..6]) % 89 == CheckDigits.Value(number[6..]);

    // Companies: eleven-proof of the RSIN. Since 2020 sole traders have numbers that satisfy MOD 97-10 with their prefix instead.
    private static bool Netherlands(ReadOnlySpan<char> number) =>
        number.Length == 12
        && Characters.AreDigits(number[..9])
        && number[9] == 'B'
        && Characters.AreDigits(number[10..])
        && number[10..] is not "00"
        && (IsElevenProof(number[..9]) || CheckDigits.Mod97($"NL{number}") == 1);

    private static bool IsElevenProof(ReadOnlySpan<char> digits) =>
        digits is not "000000000"
        && CheckDigits.WeightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11 == digits[8] - '0';

    private static bool Norway(ReadOnlySpan<char> number) =>
        number.Length >= 9
        && Characters.AreDigits(number[..9])
        && number[9..] is "" or "MVA"
        && CheckDigits.WeightedSum(number, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0;

    private static bool Poland(ReadOnlySpan<char> number) =>
        IsDigits(number, 10) && CheckDigits.WeightedSum(number, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == number[9] - '0';

    private static bool Portugal(ReadOnlySpan<char> number) =>
        IsDigits(number, 9)
        && number[0] != '0'
        && (11 - (CheckDigits.WeightedSum(number, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 % 10 == number[8] - '0';

    // The organisation number (Luhn), and 01 to 94 for its VAT registration.
    private static bool Sweden(ReadOnlySpan<char> number) =>
        IsDigits(number, 12) && CheckDigits.IsLuhn(number[..10]) && CheckDigits.Value(number[10..]) is >= 1 and <= 94;

    private static bool IsDigits(ReadOnlySpan<char> text, int length) => text.Length == length && Characters.AreDigits(text);
}
