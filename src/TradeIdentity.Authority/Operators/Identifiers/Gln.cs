using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Global Location Number of GS1: 13 digits, the last a GS1 modulo 10 check digit.</summary>
public sealed record Gln
{
    private Gln(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Gln? gln)
    {
        gln = IsValid(text) ? new Gln(text.ToString()) : null;
        return gln is not null;
    }

    public static Gln Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var gln) ? gln : throw new FormatException("Not a GLN: 13 digits with a GS1 check digit.");

    public override string ToString() => Value;

    private static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == 13
        && Characters.AreDigits(text)
        && CheckDigits.WeightedSum(text, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 == 0;
}
