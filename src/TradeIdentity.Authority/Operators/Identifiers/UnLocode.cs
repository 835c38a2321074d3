using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>UN/LOCODE: a country and three characters.</summary>
public sealed record UnLocode
{
    private UnLocode(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out UnLocode? code)
    {
        code = IsValid(text) ? new UnLocode(text.ToString()) : null;
        return code is not null;
    }

    public static UnLocode Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var code) ? code : throw new FormatException("Not a UN/LOCODE: country and three characters.");

    public override string ToString() => Value;

    // UNECE Recommendation 16: letters, and the digits 2 to 9 where the letters of a country are used up.
    private static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == 5 && CountryCode.Exists(text[..2]) && Characters.AreUpperAlphanumeric(text[2..]) && !text[2..].ContainsAny('0', '1');
}
