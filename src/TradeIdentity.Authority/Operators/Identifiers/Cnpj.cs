using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Brazilian company number (CNPJ): 12 characters and two check digits. Since July 2026 new numbers may hold letters.</summary>
public sealed record Cnpj
{
    private Cnpj(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Cnpj? cnpj)
    {
        cnpj = IsValid(text) ? new Cnpj(text.ToString()) : null;
        return cnpj is not null;
    }

    public static Cnpj Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var cnpj) ? cnpj : throw new FormatException("Not a CNPJ.");

    public override string ToString() => Value;

    // Instrução Normativa RFB 2.229/2024: a character counts as its ASCII code less 48, so digits count as before.
    private static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == 14
        && Characters.AreUpperAlphanumeric(text[..12])
        && Characters.AreDigits(text[12..])
        && text.ContainsAnyExcept(text[0])
        && Check(text[..12], [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == text[12]
        && Check(text[..13], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == text[13];

    private static char Check(ReadOnlySpan<char> text, ReadOnlySpan<byte> weights)
    {
        var remainder = CheckDigits.WeightedSum(text, weights) % 11;
        return (char)('0' + (remainder < 2 ? 0 : 11 - remainder));
    }
}
