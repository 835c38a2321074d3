using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>French business number (SIREN): nine digits, Luhn.</summary>
public sealed record Siren
{
    private Siren(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Siren? siren)
    {
        siren = IsValid(text) ? new Siren(text.ToString()) : null;
        return siren is not null;
    }

    public static Siren Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var siren) ? siren : throw new FormatException("Not a SIREN.");

    public override string ToString() => Value;

    private static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == 9 && Characters.AreDigits(text) && text is not "000000000" && CheckDigits.IsLuhn(text);
}
