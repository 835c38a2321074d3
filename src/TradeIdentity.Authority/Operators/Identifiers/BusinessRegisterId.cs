using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>A number in a business register, written as the European unique identifier (EUID): country, register code, a dot, the number in that register; e.g. <c>NOFOR.987654321</c>.</summary>
public sealed record BusinessRegisterId
{

    public const int MaxLength = 64;

    private static readonly SearchValues<char> NumberCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./-_");

    private BusinessRegisterId(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out BusinessRegisterId? id)
    {
        id = IsValid(text) ? new BusinessRegisterId(text.ToString()) : null;
        return id is not null;
    }

    public static BusinessRegisterId Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not a business register identifier: country, register code, dot, number.");

    public override string ToString() => Value;

    // Implementing Regulation (EU) 2020/2244, annex: the number keeps its national punctuation (J40/123/2000, 01-09-123456),
    // and a check character may follow after an underscore. EL is how the Union's registers write Greece.
    private static bool IsValid(ReadOnlySpan<char> text)
    {
        var dot = text.IndexOf('.');
        return text.Length <= MaxLength
            && dot is > 2 and <= 12
            && (CountryCode.Exists(text[..2]) || text[..2] is "EL")
            && Characters.AreUpperAlphanumeric(text[2..dot])
            && IsNumber(text[(dot + 1)..]);
    }

    private static bool IsNumber(ReadOnlySpan<char> number) =>
        number.Length > 0
        && char.IsAsciiLetterOrDigit(number[0])
        && char.IsAsciiLetterOrDigit(number[^1])
        && !number.ContainsAnyExcept(NumberCharacters);
}
