using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Security.Cryptography;
using TradeIdentity.Codecs.Cbor;

namespace TradeIdentity.Codecs.Cose;

/// <summary>
/// A COSE_Encrypt0 message (RFC 9052 §5.2, tag 16) with AES-256-GCM, the one content
/// encryption that the identity QR codes of others use.
/// </summary>
public sealed class CoseEncrypt0
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    private const ulong Tag = 16;

    // RFC 9053 §4.1: A256GCM is 3, its nonce has 96 bits, its tag 128 and stands behind the ciphertext.
    private const long A256Gcm = 3;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _protectedHeader;
    private readonly CoseHeaders _headers;
    private readonly byte[] _ciphertext;

    private CoseEncrypt0(byte[] protectedHeader, CoseHeaders headers, byte[] ciphertext) =>
        (_protectedHeader, _headers, _ciphertext) = (protectedHeader, headers, ciphertext);

    /// <summary>Parses <paramref name="message"/>, all of it, without decrypting anything.</summary>
    /// <param name="message">The bytes; nothing may follow the message.</param>
    /// <param name="encrypted">The message; null where the answer is false.</param>
    /// <returns>False for all that is not such a message.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> message, [NotNullWhen(true)] out CoseEncrypt0? encrypted)
    {
        encrypted = null;
        return message.Length <= CoseSigned.MaxLength && ForeignCbor.TryRead(message, Read, out encrypted);
    }

    /// <summary>Decrypts the message.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="plaintext">The plaintext; empty where the answer is false.</param>
    /// <returns>False for another algorithm, a critical header that is not understood, another key, or a changed message.</returns>
    public bool TryDecrypt(ReadOnlySpan<byte> key, out byte[] plaintext)
    {
        plaintext = [];
        if (key.Length != KeyLength
            || _headers.AlgorithmNumber != A256Gcm
            || _headers.HasUnknownCritical
            || _headers.InitializationVector is not { Length: NonceLength } nonce
            || _ciphertext.Length < TagLength)
        {
            return false;
        }

        var decrypted = new byte[_ciphertext.Length - TagLength];
        using var gcm = new AesGcm(key, TagLength);
        try
        {
            gcm.Decrypt(nonce.Span, _ciphertext.AsSpan(0, decrypted.Length), _ciphertext.AsSpan(decrypted.Length), decrypted, AdditionalData());
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        plaintext = decrypted;
        return true;
    }

    // RFC 9052 §5.3: [ "Encrypt0", protected, external_aad ].
    private byte[] AdditionalData()
    {
        var writer = new CborWriter();
        writer.WriteStartArray(3);
        writer.WriteTextString("Encrypt0");
        writer.WriteByteString(_protectedHeader is [0xA0] ? [] : _protectedHeader);
        writer.WriteByteString([]);
        writer.WriteEndArray();
        return writer.Encode();
    }

    private static CoseEncrypt0? Read(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Tag || (ulong)reader.ReadTag() != Tag)
        {
            return null;
        }

        reader.ReadStartArray();
        var protectedHeader = reader.ReadByteString();
        if (CoseHeaders.Read(protectedHeader, reader) is not { } headers)
        {
            return null;
        }

        var encrypted = new CoseEncrypt0(protectedHeader, headers, reader.ReadByteString());
        reader.ReadEndArray();
        return encrypted;
    }
}
