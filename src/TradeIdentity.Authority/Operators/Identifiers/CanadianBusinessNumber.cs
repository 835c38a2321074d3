using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Canadian Business Number (BN), the nine digits without programme account: Luhn.</summary>
public sealed record CanadianBusinessNumber
{
    private CanadianBusinessNumber(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out CanadianBusinessNumber? number)
    {
        number = IsValid(text) ? new CanadianBusinessNumber(text.ToString()) : null;
        return number is not null;
    }

    public static CanadianBusinessNumber Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var number) ? number : throw new FormatException("Not a Canadian Business Number.");

    public override string ToString() => Value;

    private static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == 9 && Characters.AreDigits(text) && text is not "000000000" && CheckDigits.IsLuhn(text);
}
