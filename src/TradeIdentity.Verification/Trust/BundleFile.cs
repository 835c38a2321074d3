using System.Formats.Cbor;
using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Codecs.Cose;

namespace TradeIdentity.Verification.Trust;

/// <summary>
/// The file a post keeps: one signed bundle, or <c>[bundle, delta …]</c>, each part signed by the anchor, so that a bundle
/// brought up to date by deltas proves itself as a fresh one does.
/// </summary>
public static class BundleFile
{
    /// <summary>Appends <paramref name="delta"/>, verified, to the bundle file that it continues.</summary>
    /// <param name="file">A bundle file.</param>
    /// <param name="delta">A signed delta.</param>
    /// <param name="anchors">The pinned anchors.</param>
    /// <param name="applied">The new file; empty unless the answer is <see cref="BundleFailure.None"/>.</param>
    public static BundleFailure TryApply(
        ReadOnlySpan<byte> file, ReadOnlySpan<byte> delta, IReadOnlyList<TrustAnchor> anchors, out byte[] applied)
    {
        applied = [];
        if (!TryReadParts(file, out var parts))
        {
            return BundleFailure.Malformed;
        }

        var joined = Join([.. parts, delta.ToArray()]);
        var failure = TryRead(joined, anchors, out _, out _);
        applied = failure == BundleFailure.None ? joined : [];
        return failure;
    }

    internal static BundleFailure TryRead(
        ReadOnlySpan<byte> file, IReadOnlyList<TrustAnchor> anchors, out BundleContent? content, out TrustAnchor? signedBy)
    {
        (content, signedBy) = (null, null);
        if (!TryReadParts(file, out var parts))
        {
            return BundleFailure.Malformed;
        }

        var failure = TryVerify(parts[0], BundleFormat.BundleType, anchors, out var payload, out var anchor);
        if (failure != BundleFailure.None)
        {
            return failure;
        }

        if (!BundleReader.TryRead(payload, out var current))
        {
            return BundleFailure.Malformed;
        }

        foreach (var part in parts.AsSpan(1))
        {
            failure = TryVerify(part, BundleFormat.DeltaType, anchors, out payload, out anchor);
            if (failure != BundleFailure.None)
            {
                return failure;
            }

            if (!StatusDelta.TryRead(payload, out var delta))
            {
                return BundleFailure.Malformed;
            }

            if (!delta.TryApply(current, out current))
            {
                return BundleFailure.OutOfOrder;
            }
        }

        (content, signedBy) = (current, anchor);
        return BundleFailure.None;
    }

    private static BundleFailure TryVerify(
        byte[] message, string type, IReadOnlyList<TrustAnchor> anchors, out ReadOnlySpan<byte> payload, out TrustAnchor? signedBy)
    {
        payload = default;
        signedBy = null;
        if (!CoseSign1.TryParse(message, out var sign1)
            || sign1.Algorithm != CoseSign1.Es256
            || !sign1.Type.SequenceEqual(System.Text.Encoding.ASCII.GetBytes(type)))
        {
            return BundleFailure.Malformed;
        }

        Span<byte> hash = stackalloc byte[32];
        sign1.HashToVerify(hash);
        foreach (var anchor in anchors)
        {
            if (anchor.KeyId.SequenceEqual(sign1.KeyId) && anchor.Key.VerifyHash(hash, sign1.Signature))
            {
                payload = sign1.Payload;
                signedBy = anchor;
                return BundleFailure.None;
            }
        }

        return BundleFailure.SignatureInvalid;
    }

    private static bool TryReadParts(ReadOnlySpan<byte> file, out byte[][] parts)
    {
        parts = [];
        if (file.Length is 0 or > BundleFormat.MaxFileBytes)
        {
            return false;
        }

        var reader = new DeterministicCborReader(file);
        if (reader.Peek() != CborKind.Array)
        {
            parts = [file.ToArray()];
            return true;
        }

        return BundleFieldReader.TryReadList<byte[]>(ref reader, BundleFormat.MaxDeltas + 1, TryReadPart, out parts)
            && parts.Length > 1 && reader.AtEnd;
    }

    private static bool TryReadPart(ref DeterministicCborReader reader, out byte[] part)
    {
        var read = reader.TryReadBytes(out var bytes);
        part = bytes.ToArray();
        return read;
    }

    private static byte[] Join(byte[][] parts)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(parts.Length);
        foreach (var part in parts)
        {
            writer.WriteByteString(part);
        }

        writer.WriteEndArray();
        return writer.Encode();
    }
}
