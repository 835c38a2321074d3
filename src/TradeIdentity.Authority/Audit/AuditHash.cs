using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TradeIdentity.Authority.Audit;

/// <summary>
/// The hashes of the audit chain. What is hashed is unambiguous: every field has its length before it (big-endian), so
/// no two different entries have one encoding.
/// </summary>
internal static class AuditHash
{
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>What the first entry has as its previous hash.</summary>
    public static byte[] Genesis => new byte[Length];

    // Strict: text that is not Unicode (a lone surrogate) has no one encoding, and is refused.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>SHA-256 of salt ‖ details: with the salt gone, details cannot be guessed from their digest.</summary>
    public static byte[] OfDetails(ReadOnlySpan<byte> salt, string details)
    {
        var bytes = new byte[salt.Length + Utf8.GetByteCount(details)];
        salt.CopyTo(bytes);
        Utf8.GetBytes(details, bytes.AsSpan(salt.Length));
        return SHA256.HashData(bytes);
    }

    public static byte[] OfEntry(
        long sequence, long at, string actor, string act, string subject, ReadOnlySpan<byte> detailsDigest, ReadOnlySpan<byte> previousHash)
    {
        var texts = Utf8.GetByteCount(actor) + Utf8.GetByteCount(act) + Utf8.GetByteCount(subject);
        var bytes = new byte[(7 * sizeof(int)) + (2 * sizeof(long)) + texts + detailsDigest.Length + previousHash.Length];
        var rest = bytes.AsSpan();
        Put(ref rest, sequence);
        Put(ref rest, at);
        Put(ref rest, actor);
        Put(ref rest, act);
        Put(ref rest, subject);
        Put(ref rest, detailsDigest);
        Put(ref rest, previousHash);
        return SHA256.HashData(bytes);
    }

    private static void Put(ref Span<byte> rest, long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(rest[sizeof(int)..], value);
        rest = rest[(sizeof(int) + sizeof(long))..];
    }

    private static void Put(ref Span<byte> rest, string text)
    {
        var length = Utf8.GetBytes(text, rest[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(rest, length);
        rest = rest[(sizeof(int) + length)..];
    }

    private static void Put(ref Span<byte> rest, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, value.Length);
        value.CopyTo(rest[sizeof(int)..]);
        rest = rest[(sizeof(int) + value.Length)..];
    }
}
