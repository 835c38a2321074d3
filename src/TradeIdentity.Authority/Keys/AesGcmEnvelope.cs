using System.Security.Cryptography;

namespace TradeIdentity.Authority.Keys;

/// <summary><c>0x01 ‖ nonce (12) ‖ ciphertext ‖ tag (16)</c>: the one form in which secrets rest in the database.</summary>
internal static class AesGcmEnvelope
{
    public const byte Version = 1;

    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bound, ReadOnlySpan<byte> secret)
    {
        var envelope = new byte[Overhead + secret.Length];
        envelope[0] = Version;
        var nonce = envelope.AsSpan(1, NonceLength);
        // Random nonces are safe for 2^32 envelopes under one key (NIST SP 800-38D §8.3).
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, secret, envelope.AsSpan(1 + NonceLength, secret.Length), envelope.AsSpan(envelope.Length - TagLength), bound);
        return envelope;
    }

    public static bool IsKnown(ReadOnlySpan<byte> envelope) => envelope.Length > Overhead && envelope[0] == Version;

    /// <summary>Null where the key, what it is bound to, or a byte is another. The envelope is a known one.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bound, ReadOnlySpan<byte> envelope)
    {
        var secret = new byte[envelope.Length - Overhead];
        using var aes = new AesGcm(key, TagLength);
        try
        {
            aes.Decrypt(envelope.Slice(1, NonceLength), envelope.Slice(1 + NonceLength, secret.Length), envelope[^TagLength..], secret, bound);
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
