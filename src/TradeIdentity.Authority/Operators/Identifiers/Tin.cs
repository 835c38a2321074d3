using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>The WCO Trader Identification Number, the key of an operator: a country and 1 to 15 upper-case alphanumerics. It has no check digit.</summary>
public sealed record Tin
{

    public const int MaxLength = 17;

    private Tin(string value) => Value = value;

    public string Value { get; }

    public CountryCode Country => CountryCode.Parse(Value.AsSpan(0, 2));

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Tin? tin)
    {
        tin = IsValid(text) ? new Tin(text.ToString()) : null;
        return tin is not null;
    }

    public static Tin Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var tin) ? tin : throw new FormatException("Not a TIN: a country code and 1 to 15 upper-case letters or digits.");

    public override string ToString() => Value;

    private static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 2 and <= MaxLength && CountryCode.Exists(text[..2]) && Characters.AreUpperAlphanumeric(text[2..]);
}
