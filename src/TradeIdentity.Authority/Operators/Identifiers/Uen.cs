using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Unique Entity Number of Singapore: of a business (8 digits and a letter), a local company (9 and a letter), or another entity (<c>T08LL0001A</c>).</summary>
public sealed record Uen
{

    private const string OtherAlphabet = "ABCDEFGHJKLMNPQRSTUVWX0123456789";

    private Uen(string value) => Value = value;

    public string Value { get; }

    private static ReadOnlySpan<byte> OtherWeights => [4, 3, 5, 3, 10, 2, 2, 5, 7];

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Uen? uen)
    {
        uen = IsValid(text) ? new Uen(text.ToString()) : null;
        return uen is not null;
    }

    public static Uen Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var uen) ? uen : throw new FormatException("Not a UEN.");

    public override string ToString() => Value;

    private static bool IsValid(ReadOnlySpan<char> text) => text.Length switch
    {
        9 => IsBusiness(text),
        10 when char.IsAsciiDigit(text[0]) => IsLocalCompany(text),
        10 => IsOther(text),
        _ => false,
    };

    private static bool IsBusiness(ReadOnlySpan<char> text) =>
        Characters.AreDigits(text[..8])
        && text[8] == "XMKECAWLJDB"[CheckDigits.WeightedSum(text[..8], [10, 4, 9, 3, 8, 2, 7, 1]) % 11];

    private static bool IsLocalCompany(ReadOnlySpan<char> text) =>
        Characters.AreDigits(text[..9])
        && text[9] == "ZKCMDNERGWH"[CheckDigits.WeightedSum(text[..9], [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11];

    // T, S or R (the century of issue), year, two letters of the entity type, four digits, check letter.
    private static bool IsOther(ReadOnlySpan<char> text)
    {
        if (text[0] is not ('T' or 'S' or 'R') || !Characters.AreDigits(text[1..3]) || !Characters.AreDigits(text[5..9]))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < OtherWeights.Length; i++)
        {
            var value = OtherAlphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            sum += value * OtherWeights[i];
        }

        // 11 is added twice so that the remainder stays positive.
        return text[9] == OtherAlphabet[(sum - 5 + 22) % 11];
    }
}
