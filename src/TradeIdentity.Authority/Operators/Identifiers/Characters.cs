using System.Buffers;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>The character sets identifiers are written in; ASCII only, so that one identifier has one spelling.</summary>
internal static class Characters
{
    private static readonly SearchValues<char> UpperAlphanumeric = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    public static bool AreUpperAlphanumeric(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(UpperAlphanumeric);
}
