using System.Security.Cryptography;

namespace TradeIdentity.Authority.Keys;

/// <summary>All signing keys as they were when they were read.</summary>
public sealed class KeyRing
{
    private KeyRing(SigningKey[] all) => All = all;

    /// <summary>By the time from which they sign, the oldest first.</summary>
    public IReadOnlyList<SigningKey> All { get; }

    /// <summary>The key that signs at that time: of several the newest. Null where there is none.</summary>
    public SigningKey? Signer(KeyPurpose purpose, DateTimeOffset at) =>
        All.LastOrDefault(key => key.Purpose == purpose && key.SignsAt(at));

    /// <summary>The keys to publish at that time: those that sign, signed, or are announced.</summary>
    public IEnumerable<SigningKey> Published(KeyPurpose purpose, DateTimeOffset at) =>
        All.Where(key => key.Purpose == purpose && key.VerifiesAt(at));

    /// <summary>Opens the rows; a key that <paramref name="known"/> holds is not decrypted again.</summary>
    internal static Outcome<KeyRing> Open(IReadOnlyList<KeyRow> rows, KeyEncryptionKey encryptionKey, KeyRing? known)
    {
        var keys = new SigningKey[rows.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var row = rows[i];
            if (!KeyPurposeText.TryParse(row.Purpose, out var purpose))
            {
                return new Refusal("key_purpose_unknown", $"Key {row.Kid} has a purpose that this program does not know.");
            }

            var signer = known?.All.FirstOrDefault(key => key.KidText == row.Kid)?.Signer;
            if (signer is null && !Unwrap(row, purpose, encryptionKey).TryGet(out signer, out var refusal))
            {
                return refusal;
            }

            keys[i] = new SigningKey(
                purpose,
                signer,
                DateTimeOffset.FromUnixTimeSeconds(row.CreatedAt),
                DateTimeOffset.FromUnixTimeSeconds(row.SignsFrom),
                DateTimeOffset.FromUnixTimeSeconds(row.SignsUntil),
                DateTimeOffset.FromUnixTimeSeconds(row.VerifiesUntil));
        }

        return new KeyRing(keys);
    }

    private static Outcome<P256Signer> Unwrap(KeyRow row, KeyPurpose purpose, KeyEncryptionKey encryptionKey)
    {
        if (!PrivateKeyWrap.Unwrap(encryptionKey, Convert.FromHexString(row.Kid), purpose, row.WrappedPrivateKey).TryGet(out var pkcs8, out var refusal))
        {
            return refusal;
        }

        try
        {
            var signer = P256Signer.FromPkcs8(pkcs8);
            // The public half is stored in the clear: a row with another would publish a key that verifies nothing.
            return signer.X.AsSpan().SequenceEqual(row.PublicX) && signer.Y.AsSpan().SequenceEqual(row.PublicY)
                ? signer
                : new Refusal("public_key_mismatch", $"The stored public key of {row.Kid} is not that of its private key.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }
}
