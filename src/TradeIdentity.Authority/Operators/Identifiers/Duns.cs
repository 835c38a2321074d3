using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>D-U-N-S number: nine digits. Its former check digit is no longer assigned by rule.</summary>
public sealed record Duns
{
    private Duns(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Duns? duns)
    {
        duns = IsValid(text) ? new Duns(text.ToString()) : null;
        return duns is not null;
    }

    public static Duns Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var duns) ? duns : throw new FormatException("Not a D-U-N-S number: nine digits.");

    public override string ToString() => Value;

    private static bool IsValid(ReadOnlySpan<char> text) => text.Length == 9 && Characters.AreDigits(text);
}
