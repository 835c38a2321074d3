using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>The legal jurisdiction of an entity, as in ISO 17442: an ISO 3166-1 country, or an ISO 3166-2 subdivision (<c>US-DE</c>).</summary>
public sealed record Jurisdiction
{
    private Jurisdiction(string value) => Value = value;

    public string Value { get; }

    public CountryCode Country => CountryCode.Parse(Value.AsSpan(0, 2));

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Jurisdiction? jurisdiction)
    {
        jurisdiction = IsValid(text) ? new Jurisdiction(text.ToString()) : null;
        return jurisdiction is not null;
    }

    public static Jurisdiction Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var jurisdiction) ? jurisdiction : throw new FormatException("Not a jurisdiction: a country code, or a country and its subdivision.");

    public override string ToString() => Value;

    // Subdivision codes change several times a year, so only their shape is checked.
    private static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length >= 2
        && CountryCode.Exists(text[..2])
        && (text.Length == 2 || (text.Length is >= 4 and <= 6 && text[2] == '-' && Characters.AreUpperAlphanumeric(text[3..])));
}
