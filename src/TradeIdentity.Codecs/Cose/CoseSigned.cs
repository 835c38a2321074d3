using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Cose;

/// <summary>
/// A signed message that others wrote: COSE_Sign1 (tag 18) or COSE_Sign (tag 98) of RFC 9052 §4, tagged or not, within the
/// CWT tag 61 (RFC 8392 §6) or not. Read leniently, as the many encoders of the field write; trade credentials of this
/// profile are read by <see cref="CoseSign1"/> alone.
/// </summary>
public sealed class CoseSigned
{
    /// <summary>Bytes of the longest message that is looked at.</summary>
    public const int MaxLength = 1 << 24;

    private const int MaxSigners = 16;
    private const ulong Sign1Tag = 18;
    private const ulong SignTag = 98;
    private const ulong CwtTag = 61;

    private readonly ReadOnlyMemory<byte> _bodyProtectedHeader;
    private readonly bool _bodyHasUnknownCritical;

    private CoseSigned(ReadOnlyMemory<byte> protectedHeader, CoseHeaders headers, ReadOnlyMemory<byte>? payload, bool isSign1, IReadOnlyList<CoseSigner> signers)
    {
        _bodyProtectedHeader = protectedHeader;
        _bodyHasUnknownCritical = headers.HasUnknownCritical;
        Payload = payload;
        IsSign1 = isSign1;
        Signers = signers;
    }

    /// <summary>Whether it is a COSE_Sign1: one signer, whose headers are those of the message.</summary>
    public bool IsSign1 { get; }

    /// <summary>The payload, as signed; null where it is detached.</summary>
    public ReadOnlyMemory<byte>? Payload { get; }

    /// <summary>The signers: one at least, 16 at most.</summary>
    public IReadOnlyList<CoseSigner> Signers { get; }

    /// <summary>Parses <paramref name="message"/>, all of it, without verifying anything.</summary>
    /// <param name="message">The bytes; nothing may follow the message.</param>
    /// <param name="signed">The message; null where the answer is false.</param>
    /// <returns>False for all that is not such a message: other tags, other types, duplicate keys, too deep or too long.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> message, [NotNullWhen(true)] out CoseSigned? signed)
    {
        signed = null;
        return message.Length <= MaxLength && ForeignCbor.TryRead(message, Read, out signed);
    }

    /// <summary>Checks the first signature, or another one.</summary>
    /// <param name="key">The key that the caller trusts for this signer.</param>
    /// <param name="allowed">The algorithms that the caller accepts.</param>
    /// <param name="externalAad">What was signed beside the message (RFC 9052 §4.3); mostly nothing.</param>
    /// <param name="signer">The place in <see cref="Signers"/>.</param>
    public SignatureCheck Verify(
        VerificationKey key, IReadOnlyCollection<SignatureAlgorithm> allowed, ReadOnlySpan<byte> externalAad = default, int signer = 0)
    {
        ArgumentNullException.ThrowIfNull(key);
        var by = Signers[signer];
        if (_bodyHasUnknownCritical || by.Headers.HasUnknownCritical)
        {
            return SignatureCheck.UnknownCriticalHeader;
        }

        if (by.Headers.Algorithm is SignatureAlgorithm.None || !allowed.Contains(by.Headers.Algorithm))
        {
            return SignatureCheck.AlgorithmNotAllowed;
        }

        return Payload is { } payload
            ? key.Verify(by.Headers.Algorithm, ToBeSigned(by, externalAad, payload.Span), by.Signature.Span)
            : SignatureCheck.NoPayload;
    }

    // RFC 9052 §4.4: [ context, body_protected, ? sign_protected, external_aad, payload ].
    private byte[] ToBeSigned(CoseSigner by, ReadOnlySpan<byte> externalAad, ReadOnlySpan<byte> payload)
    {
        var writer = new CborWriter();
        writer.WriteStartArray(IsSign1 ? 4 : 5);
        writer.WriteTextString(IsSign1 ? "Signature1" : "Signature");
        WriteProtected(writer, _bodyProtectedHeader.Span);
        if (!IsSign1)
        {
            WriteProtected(writer, by.ProtectedHeader.Span);
        }

        writer.WriteByteString(externalAad);
        writer.WriteByteString(payload);
        writer.WriteEndArray();
        return writer.Encode();
    }

    // RFC 9052 §4.4: an empty map stands in the structure as a byte string of no bytes.
    private static void WriteProtected(CborWriter writer, ReadOnlySpan<byte> header) =>
        writer.WriteByteString(header is [0xA0] ? [] : header);

    private static CoseSigned? Read(CborReader reader)
    {
        if (!TryReadTags(reader, out var tag))
        {
            return null;
        }

        reader.ReadStartArray();
        var protectedHeader = reader.ReadByteString();
        if (CoseHeaders.Read(protectedHeader, reader) is not { } headers || !TryReadPayload(reader, out var payload))
        {
            return null;
        }

        var isSign1 = reader.PeekState() is CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString;
        if (tag is not null && tag != (isSign1 ? Sign1Tag : SignTag))
        {
            return null;
        }

        var signers = isSign1 ? [new CoseSigner(protectedHeader, headers, reader.ReadByteString())] : ReadSigners(reader);
        reader.ReadEndArray();
        return signers is { Count: > 0 } ? new CoseSigned(protectedHeader, headers, payload, isSign1, signers) : null;
    }

    private static bool TryReadTags(CborReader reader, out ulong? tag)
    {
        tag = null;
        var isCwt = false;
        while (reader.PeekState() == CborReaderState.Tag)
        {
            var read = (ulong)reader.ReadTag();
            if (read == CwtTag && !isCwt && tag is null)
            {
                isCwt = true;
            }
            else if (read is Sign1Tag or SignTag && tag is null)
            {
                tag = read;
            }
            else
            {
                return false;
            }
        }

        // RFC 8392 §6: what the CWT tag stands before is a tagged COSE message.
        return !isCwt || tag is not null;
    }

    private static bool TryReadPayload(CborReader reader, out ReadOnlyMemory<byte>? payload)
    {
        payload = null;
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
            return true;
        }

        payload = reader.ReadByteString();
        return true;
    }

    private static List<CoseSigner>? ReadSigners(CborReader reader)
    {
        var signers = new List<CoseSigner>();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            reader.ReadStartArray();
            var protectedHeader = reader.ReadByteString();
            if (signers.Count == MaxSigners || CoseHeaders.Read(protectedHeader, reader) is not { } headers)
            {
                return null;
            }

            signers.Add(new CoseSigner(protectedHeader, headers, reader.ReadByteString()));
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return signers;
    }
}
