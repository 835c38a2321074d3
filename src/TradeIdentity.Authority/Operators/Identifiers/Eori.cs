using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Economic Operators Registration and Identification number of the European Union and its common transit partners (same shape), or of Great Britain.</summary>
public sealed record Eori
{
    private Eori(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Eori? eori)
    {
        eori = IsValid(text) ? new Eori(text.ToString()) : null;
        return eori is not null;
    }

    public static Eori Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var eori) ? eori : throw new FormatException("Not an EORI number.");

    public override string ToString() => Value;

    // Delegated Regulation (EU) 2015/2446, annex B: country + an..15. HMRC: GB, and XI for Northern Ireland, + 12 digits or 15.
    private static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length is < 3 or > 17 || !CountryCode.Exists(text[..2]))
        {
            return false;
        }

        var number = text[2..];
        return text[..2] is "GB" or "XI"
            ? number.Length is 12 or 15 && Characters.AreDigits(number)
            : Characters.AreUpperAlphanumeric(number);
    }
}
