using System.Text;

namespace TradeIdentity.Authority.Keys;

/// <summary>
/// A private key as it rests in the database: AES-256-GCM over the PKCS#8. The associated data binds the version, the kid
/// and the purpose: a row cannot be passed off as another key.
/// </summary>
public static class PrivateKeyWrap
{
    /// <summary>Encrypts the PKCS#8 of the key that <paramref name="kid"/> (8 bytes) names.</summary>
    public static byte[] Wrap(KeyEncryptionKey encryptionKey, ReadOnlySpan<byte> kid, KeyPurpose purpose, ReadOnlySpan<byte> pkcs8) =>
        Wrap(encryptionKey, kid, purpose.ToText(), pkcs8);

    /// <summary>For a secret of another kind than a <see cref="KeyPurpose"/> has; <paramref name="purpose"/> is none of theirs.</summary>
    internal static byte[] Wrap(KeyEncryptionKey encryptionKey, ReadOnlySpan<byte> kid, string purpose, ReadOnlySpan<byte> secret) =>
        AesGcmEnvelope.Seal(encryptionKey.Bytes, Bound(kid, purpose), secret);

    /// <summary>Answers the PKCS#8, which the caller clears after use; refused where the key, kid, purpose or a byte is another.</summary>
    public static Outcome<byte[]> Unwrap(KeyEncryptionKey encryptionKey, ReadOnlySpan<byte> kid, KeyPurpose purpose, ReadOnlySpan<byte> wrapped) =>
        Unwrap(encryptionKey, kid, purpose.ToText(), wrapped);

    internal static Outcome<byte[]> Unwrap(KeyEncryptionKey encryptionKey, ReadOnlySpan<byte> kid, string purpose, ReadOnlySpan<byte> wrapped)
    {
        if (!AesGcmEnvelope.IsKnown(wrapped))
        {
            return new Refusal("private_key_format_unknown", "A stored private key is in a format that this program does not know.");
        }

        return AesGcmEnvelope.Open(encryptionKey.Bytes, Bound(kid, purpose), wrapped) is { } pkcs8
            ? pkcs8
            : new Refusal(
                "key_encryption_key_wrong",
                "Keys:EncryptionKey (or the file of Keys:EncryptionKeyFile) is not the one that encrypted the private keys of this database.");
    }

    // The kid has a fixed length and comes before the purpose, so the concatenation is unambiguous.
    private static byte[] Bound(ReadOnlySpan<byte> kid, string purpose)
    {
        if (kid.Length != SigningKey.KidLength)
        {
            throw new ArgumentException("A kid is 8 bytes.", nameof(kid));
        }

        return [AesGcmEnvelope.Version, .. kid, .. Encoding.ASCII.GetBytes(purpose)];
    }
}
