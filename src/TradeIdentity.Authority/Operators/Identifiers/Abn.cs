using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Australian Business Number: 11 digits, the first two a modulo 89 check.</summary>
public sealed record Abn
{
    private Abn(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Abn? abn)
    {
        abn = IsValid(text) ? new Abn(text.ToString()) : null;
        return abn is not null;
    }

    public static Abn Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var abn) ? abn : throw new FormatException("Not an ABN.");

    public override string ToString() => Value;

    // Australian Business Register: one is taken from the first digit before weighting.
    private static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == 11
        && Characters.AreDigits(text)
        && text[0] != '0'
        && (CheckDigits.WeightedSum(text, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 == 0;
}
