using System.Security.Cryptography;
using System.Text;

namespace TradeIdentity.Authority.Keys;

/// <summary>
/// A private key as it rests in the database: <c>0x01 ‖ nonce (12) ‖ ciphertext ‖ tag (16)</c>, AES-256-GCM over the
/// PKCS#8. The associated data binds the version, the kid and the purpose: a row cannot be passed off as another key.
/// </summary>
public static class PrivateKeyWrap
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    /// <summary>Encrypts the PKCS#8 of the key that <paramref name="kid"/> (8 bytes) names.</summary>
    public static byte[] Wrap(KeyEncryptionKey encryptionKey, ReadOnlySpan<byte> kid, KeyPurpose purpose, ReadOnlySpan<byte> pkcs8)
    {
        var wrapped = new byte[Overhead + pkcs8.Length];
        wrapped[0] = Version;
        var nonce = wrapped.AsSpan(1, NonceLength);
        // Random nonces are safe for 2^32 wraps under one key; an authority makes a few keys a year.
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(encryptionKey.Bytes, TagLength);
        aes.Encrypt(nonce, pkcs8, wrapped.AsSpan(1 + NonceLength, pkcs8.Length), wrapped.AsSpan(wrapped.Length - TagLength), Bound(kid, purpose));
        return wrapped;
    }

    /// <summary>Answers the PKCS#8, which the caller clears after use; refused where the key, kid, purpose or a byte is another.</summary>
    public static Outcome<byte[]> Unwrap(KeyEncryptionKey encryptionKey, ReadOnlySpan<byte> kid, KeyPurpose purpose, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length <= Overhead || wrapped[0] != Version)
        {
            return new Refusal("private_key_format_unknown", "A stored private key is in a format that this program does not know.");
        }

        var pkcs8 = new byte[wrapped.Length - Overhead];
        using var aes = new AesGcm(encryptionKey.Bytes, TagLength);
        try
        {
            aes.Decrypt(
                wrapped.Slice(1, NonceLength), wrapped.Slice(1 + NonceLength, pkcs8.Length), wrapped[^TagLength..], pkcs8, Bound(kid, purpose));
            return pkcs8;
        }
        catch (AuthenticationTagMismatchException)
        {
            return new Refusal(
                "key_encryption_key_wrong",
                "Keys:EncryptionKey (or the file of Keys:EncryptionKeyFile) is not the one that encrypted the private keys of this database.");
        }
    }

    // The kid has a fixed length and comes before the purpose, so the concatenation is unambiguous.
    private static byte[] Bound(ReadOnlySpan<byte> kid, KeyPurpose purpose)
    {
        if (kid.Length != SigningKey.KidLength)
        {
            throw new ArgumentException("A kid is 8 bytes.", nameof(kid));
        }

        return [Version, .. kid, .. Encoding.ASCII.GetBytes(purpose.ToText())];
    }
}
