using System.Security.Cryptography;
using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Authority.OpenId;

/// <summary>The key for what only this authority's own instances read: codes and refresh tokens.</summary>
public static class OpenIdTokenEncryption
{
    /// <returns>256 bits, the same on every instance that has the same <c>Keys:EncryptionKey</c>; nothing tells that key from it.</returns>
    public static byte[] DeriveKey(KeyEncryptionKey encryptionKey)
    {
        ArgumentNullException.ThrowIfNull(encryptionKey);
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, encryptionKey.Bytes, key, salt: [], info: "TradeIdentity OpenID token encryption 1"u8);
        return key;
    }
}
