using System.Security.Cryptography;
using System.Text;

namespace TradeIdentity.Authority.Keys;

/// <summary>
/// Keeps small secrets of one purpose: sealed where they must be read again, and as keyed hashes where they are only
/// compared. Each purpose has a key of its own, derived from the key encryption key (RFC 5869), and an envelope is bound to
/// its owner: a row cannot be passed off as that of another.
/// </summary>
public sealed class SecretSeal(KeyEncryptionKey encryptionKey, string purpose)
{
    private readonly byte[] _sealing = Derive(encryptionKey, $"tradeidentity seal {purpose}");
    private readonly byte[] _hashing = Derive(encryptionKey, $"tradeidentity hash {purpose}");

    public byte[] Seal(string owner, ReadOnlySpan<byte> secret) => AesGcmEnvelope.Seal(_sealing, Bound(owner), secret);

    /// <exception cref="CryptographicException">The envelope is another owner's, was sealed under another key, or is damaged.</exception>
    public byte[] Open(string owner, ReadOnlySpan<byte> envelope) =>
        (AesGcmEnvelope.IsKnown(envelope) ? AesGcmEnvelope.Open(_sealing, Bound(owner), envelope) : null)
        ?? throw new CryptographicException("A stored secret does not open: the key encryption key is another, or the row was changed.");

    /// <summary>
    /// 32 bytes that tell equal values and nothing else: whoever has the database alone cannot try values against them.
    /// The owner has no NUL.
    /// </summary>
    public byte[] Hash(string owner, string value) => HMACSHA256.HashData(_hashing, Encoding.UTF8.GetBytes($"{owner}\0{value}"));

    private static byte[] Bound(string owner) => [AesGcmEnvelope.Version, .. Encoding.UTF8.GetBytes(owner)];

    private static byte[] Derive(KeyEncryptionKey encryptionKey, string info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, encryptionKey.Bytes.ToArray(), KeyEncryptionKey.Length, info: Encoding.ASCII.GetBytes(info));
}
