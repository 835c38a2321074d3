using System.Buffers;
using System.Formats.Cbor;
using System.Security.Cryptography;
using TradeIdentity.Codecs.Cbor;

namespace TradeIdentity.Codecs.Cose;

/// <summary>
/// A COSE_Sign1 message (RFC 9052 §4.2) as the QR profile writes it: tag 18, a protected header with exactly
/// <c>alg</c>, <c>kid</c> of 8 bytes and <c>typ</c> (RFC 9596), an empty unprotected header, an attached payload, and a
/// signature of 64 bytes. A view: its spans are slices of the input, so what is verified is what was received.
/// </summary>
public readonly ref struct CoseSign1
{
    /// <summary>ES256 of the IANA COSE Algorithms registry: ECDSA with SHA-256; here always on P-256.</summary>
    public const int Es256 = -7;

    /// <summary>Bytes of an ES256 signature, r ‖ s.</summary>
    public const int SignatureLength = 64;

    /// <summary>Bytes of a key identifier: the first of the key's thumbprint (RFC 9679).</summary>
    public const int KeyIdLength = 8;

    private const int AlgorithmLabel = 1;
    private const int KeyIdLabel = 4;
    private const int TypeLabel = 16;
    private const ulong Tag = 18;
    private const int MaxTypeLength = 32;

    private CoseSign1(ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        ProtectedHeader = protectedHeader;
        Payload = payload;
        Signature = signature;
    }

    /// <summary>The encoded protected header, as signed.</summary>
    public ReadOnlySpan<byte> ProtectedHeader { get; }

    /// <summary>The payload, as signed.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>64 bytes, r ‖ s.</summary>
    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>The algorithm that the message claims; a caller compares it with its own allow-list.</summary>
    public long Algorithm { get; private init; }

    /// <summary>8 bytes that name the key.</summary>
    public ReadOnlySpan<byte> KeyId { get; private init; }

    /// <summary>UTF-8 of the <c>typ</c> header, e.g. <c>ti1</c>.</summary>
    public ReadOnlySpan<byte> Type { get; private init; }

    /// <summary>Parses <paramref name="message"/>, all of it, without verifying anything.</summary>
    /// <returns>False for anything that the profile does not write.</returns>
    public static bool TryParse(ReadOnlySpan<byte> message, out CoseSign1 sign1)
    {
        sign1 = default;
        var reader = new DeterministicCborReader(message);
        if (!reader.TryReadTag(out var tag) || tag != Tag
            || !reader.TryReadArray(out var count) || count != 4
            || !reader.TryReadBytes(out var protectedHeader)
            || !reader.TryReadMap(out var unprotectedCount) || unprotectedCount != 0
            || !reader.TryReadBytes(out var payload)
            || !reader.TryReadBytes(out var signature) || signature.Length != SignatureLength
            || !reader.AtEnd)
        {
            return false;
        }

        var header = new DeterministicCborReader(protectedHeader);
        var key = DeterministicCborReader.BeforeFirstKey;
        if (!header.TryReadMap(out var headerCount) || headerCount != 3
            || !header.TryReadKey(ref key) || key != AlgorithmLabel || !header.TryReadInteger(out var algorithm)
            || !header.TryReadKey(ref key) || key != KeyIdLabel || !header.TryReadBytes(out var keyId) || keyId.Length != KeyIdLength
            || !header.TryReadKey(ref key) || key != TypeLabel || !header.TryReadUtf8(out var type) || type.Length > MaxTypeLength
            || !header.AtEnd)
        {
            return false;
        }

        sign1 = new CoseSign1(protectedHeader, payload, signature) { Algorithm = algorithm, KeyId = keyId, Type = type };
        return true;
    }

    /// <summary>Writes the SHA-256 of the Sig_structure (RFC 9052 §4.4) that the signature is over.</summary>
    /// <param name="hash">Receives 32 bytes.</param>
    public void HashToVerify(Span<byte> hash) => HashToSign(ProtectedHeader, Payload, hash);

    /// <summary>The encoded protected header for a message signed with ES256.</summary>
    /// <param name="keyId">8 bytes.</param>
    /// <param name="type">The <c>typ</c>, at most 32 bytes of UTF-8.</param>
    public static byte[] EncodeProtectedHeader(ReadOnlySpan<byte> keyId, string type)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(keyId.Length, KeyIdLength);
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartMap(3);
        writer.WriteInt32(AlgorithmLabel);
        writer.WriteInt32(Es256);
        writer.WriteInt32(KeyIdLabel);
        writer.WriteByteString(keyId);
        writer.WriteInt32(TypeLabel);
        writer.WriteTextString(type);
        writer.WriteEndMap();
        return writer.Encode();
    }

    /// <summary>Writes the SHA-256 of the Sig_structure (RFC 9052 §4.4) of a message that is yet to be signed.</summary>
    /// <param name="protectedHeader">Encoded, as <see cref="EncodeProtectedHeader"/> gives it.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="hash">Receives 32 bytes.</param>
    public static void HashToSign(ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload, Span<byte> hash)
    {
        // [ "Signature1", protected : bstr, external_aad : bstr (empty), payload : bstr ]
        const int MaxHeadsLength = 12 + 5 + 1 + 5;
        var length = MaxHeadsLength + protectedHeader.Length + payload.Length;
        byte[]? rented = null;
        var buffer = length <= 1024 ? stackalloc byte[1024] : (rented = ArrayPool<byte>.Shared.Rent(length));
        buffer[0] = 0x84;
        buffer[1] = 0x6A;
        "Signature1"u8.CopyTo(buffer[2..]);
        var at = 12;
        at += WriteBytes(protectedHeader, buffer[at..]);
        buffer[at++] = 0x40;
        at += WriteBytes(payload, buffer[at..]);
        SHA256.HashData(buffer[..at], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The whole message.</summary>
    /// <param name="protectedHeader">Encoded, as <see cref="EncodeProtectedHeader"/> gives it.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="signature">64 bytes over <see cref="HashToSign"/>.</param>
    public static byte[] Encode(ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, SignatureLength);
        var message = new byte[3 + BytesLength(protectedHeader.Length) + BytesLength(payload.Length) + BytesLength(SignatureLength)];
        message[0] = 0xC0 | (byte)Tag;
        message[1] = 0x84;
        var at = 2;
        at += WriteBytes(protectedHeader, message.AsSpan(at));
        message[at++] = 0xA0;
        at += WriteBytes(payload, message.AsSpan(at));
        WriteBytes(signature, message.AsSpan(at));
        return message;
    }

    private static int HeadLength(int length) => length switch { < 24 => 1, <= byte.MaxValue => 2, <= ushort.MaxValue => 3, _ => 5 };

    private static int BytesLength(int length) => HeadLength(length) + length;

    private static int WriteBytes(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        const byte ByteString = 2 << 5;
        var head = HeadLength(value.Length);
        var argument = value.Length;
        for (var i = head - 1; i > 0; i--)
        {
            destination[i] = (byte)argument;
            argument >>= 8;
        }

        destination[0] = head switch
        {
            1 => (byte)(ByteString | value.Length),
            2 => ByteString | 24,
            3 => ByteString | 25,
            _ => ByteString | 26,
        };
        value.CopyTo(destination[head..]);
        return head + value.Length;
    }
}
