using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Legal Entity Identifier, ISO 17442.</summary>
public sealed record Lei
{
    private Lei(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Lei? lei)
    {
        lei = IsValid(text) ? new Lei(text.ToString()) : null;
        return lei is not null;
    }

    public static Lei Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var lei) ? lei : throw new FormatException("Not an LEI: 20 characters whose ISO 7064 MOD 97-10 remainder is 1.");

    public override string ToString() => Value;

    // Computed check digits lie in 02…98; 00, 01 and 99 leave the same remainder and would be second spellings of one LEI.
    private static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == 20
        && Characters.AreUpperAlphanumeric(text[..18])
        && Characters.AreDigits(text[18..])
        && text[18..] is not ("00" or "01" or "99")
        && CheckDigits.Mod97(text) == 1;
}
