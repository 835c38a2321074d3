using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace TradeIdentity.Tests.Shared;

/// <summary>An authenticator application: RFC 6238 with its defaults, for a key as it is typed (RFC 4648 §6).</summary>
internal static class Totp
{
    /// <param name="typedKey">As the page shows it, spaces and all.</param>
    /// <param name="steps">Codes later than that of now: a code is good once.</param>
    internal static string Code(string typedKey, int steps = 0)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + steps);
        // CA5350: the standard's hash, which authenticator applications know.
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(Decode(typedKey), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string text)
    {
        var bits = string.Concat(text.Where(char.IsAsciiLetterOrDigit).Select(letter => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal).ToString("b5", CultureInfo.InvariantCulture)));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2))];
    }
}
