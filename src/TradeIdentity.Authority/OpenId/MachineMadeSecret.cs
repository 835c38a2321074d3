using System.Buffers;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Tells by its form a secret that a random generator wrote from one that a person chose. Doubt counts as a person: the
/// secret works all the same, only slower.
/// </summary>
internal static class MachineMadeSecret
{
    // 256 bits in hexadecimal, and in base64 or base64url without padding.
    private const int HexLength = 64;
    private const int Base64Length = 43;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/");

    public static bool Is(ReadOnlySpan<char> secret)
    {
        if (secret.StartsWith(ClientSecrets.GeneratedPrefix, StringComparison.Ordinal))
        {
            secret = secret[ClientSecrets.GeneratedPrefix.Length..];
        }

        secret = secret.TrimEnd('=');

        // 256 random bits in hexadecimal miss 6 of the 16 digits, and in base64 repeat 43 characters into fewer than 20,
        // or write 10 letters of one case in a row, less than once in a hundred secrets; what people write does so commonly.
        if (secret.Length >= HexLength && !secret.ContainsAnyExcept(Hex))
        {
            return Distinct(secret) > 10;
        }

        return secret.Length >= Base64Length && !secret.ContainsAnyExcept(Base64)
            && Distinct(secret) >= 20 && secret.ContainsAnyInRange('0', '9') && LongestRunOfOneCase(secret) < 10;
    }

    private static int Distinct(ReadOnlySpan<char> secret) => new HashSet<char>(secret.ToArray()).Count;

    private static int LongestRunOfOneCase(ReadOnlySpan<char> secret)
    {
        var (longest, run, previous) = (0, 0, '\0');
        foreach (var character in secret)
        {
            var kind = char.IsAsciiLetterLower(character) ? 'a' : char.IsAsciiLetterUpper(character) ? 'A' : '\0';
            run = kind == '\0' ? 0 : kind == previous ? run + 1 : 1;
            previous = kind;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
