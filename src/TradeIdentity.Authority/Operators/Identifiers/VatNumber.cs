using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>
/// A VAT number with its country prefix (<c>NL854502130B01</c>). Countries with a public check have it applied; the numbers
/// of others are taken by their shape, and <see cref="IsChecked"/> says so.
/// </summary>
public sealed record VatNumber
{
    private VatNumber(string value, bool isChecked) => (Value, IsChecked) = (value, isChecked);

    public string Value { get; }

    /// <summary>Whether the country's check was applied; false where only the shape is known.</summary>
    public bool IsChecked { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out VatNumber? vat)
    {
        vat = null;
        if (text.Length is < 4 or > 16 || !IsPrefix(text[..2]) || !Characters.AreUpperAlphanumeric(text[2..]))
        {
            return false;
        }

        var check = VatChecks.Of(text[..2]);
        if (check is null || check(text[2..]))
        {
            vat = new VatNumber(text.ToString(), check is not null);
        }

        return vat is not null;
    }

    public static VatNumber Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var vat) ? vat : throw new FormatException("Not a VAT number.");

    public override string ToString() => Value;

    // Directive 2006/112/EC, article 215: Greece writes EL. EU is the prefix of the non-Union one-stop shop scheme.
    private static bool IsPrefix(ReadOnlySpan<char> text) =>
        text is "EL" or "EU" || (text is not "GR" && CountryCode.Exists(text));
}
