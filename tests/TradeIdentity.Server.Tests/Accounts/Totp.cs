using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace TradeIdentity.Server.Tests.Accounts;

/// <summary>An authenticator application (RFC 6238), written apart from the framework's.</summary>
internal static class Totp
{
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 is HMAC-SHA-1 in every authenticator application.")]
    public static string Now(string base32Key)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
        var mac = HMACSHA1.HashData(FromBase32(base32Key), counter);
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac.AsSpan(mac[^1] & 15)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }
}
