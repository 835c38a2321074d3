using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using TradeIdentity.Codecs.Cbor;
using TradeIdentity.Codecs.StatusLists;
using static TradeIdentity.Verification.Trust.BundleFormat;

namespace TradeIdentity.Verification.Trust;

/// <summary>
/// The statuses of a list inside a bundle, in the smaller of two codecs: <c>[count, 1, zlib of the Token Status List bytes]</c>
/// favours clusters; <c>[count, 2, [revoked, suspended]]</c>, Rice-coded gaps, favours scattered indexes.
/// </summary>
internal static class StatusCodec
{
    internal static void Write(CborWriter writer, StatusListBitmap statuses)
    {
        var zlib = statuses.Compress();
        var revoked = RiceCodedIndexes.Encode(statuses.IndexesOf((int)StatusValue.Revoked));
        var suspended = RiceCodedIndexes.Encode(statuses.IndexesOf((int)StatusValue.Suspended));
        writer.WriteStartArray(3);
        writer.WriteInt32(statuses.Count);
        if (zlib.Length <= revoked.Length + suspended.Length || statuses.IndexesOf((int)StatusValue.Unknown).Length > 0)
        {
            writer.WriteInt32(ZlibBitmap);
            writer.WriteByteString(zlib);
        }
        else
        {
            writer.WriteInt32(RiceGaps);
            writer.WriteStartArray(2);
            writer.WriteByteString(revoked);
            writer.WriteByteString(suspended);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    internal static bool TryRead(ref DeterministicCborReader reader, [NotNullWhen(true)] out StatusListBitmap? statuses)
    {
        statuses = null;
        if (!reader.TryReadArray(out var fields) || fields != 3
            || !BundleFieldReader.TryReadInt32(ref reader, 1, MaxStatusListLength, out var count)
            || !reader.TryReadUnsigned(out var codec))
        {
            return false;
        }

        return codec switch
        {
            ZlibBitmap => reader.TryReadBytes(out var zlib) && StatusListBitmap.TryDecompress(zlib, StatusBits, count, out statuses),
            RiceGaps => TryReadRice(ref reader, count, out statuses),
            _ => false,
        };
    }

    private static bool TryReadRice(ref DeterministicCborReader reader, int count, out StatusListBitmap? statuses)
    {
        statuses = null;
        if (!reader.TryReadArray(out var sets) || sets != 2
            || !reader.TryReadBytes(out var revokedBytes) || !RiceCodedIndexes.TryDecode(revokedBytes, count, out var revoked)
            || !reader.TryReadBytes(out var suspendedBytes) || !RiceCodedIndexes.TryDecode(suspendedBytes, count, out var suspended))
        {
            return false;
        }

        var bitmap = new StatusListBitmap(StatusBits, count);
        foreach (var index in revoked)
        {
            bitmap.Set(index, (int)StatusValue.Revoked);
        }

        foreach (var index in suspended)
        {
            if (bitmap.Get(index) != (int)StatusValue.Valid)
            {
                return false; // One index cannot be both.
            }

            bitmap.Set(index, (int)StatusValue.Suspended);
        }

        statuses = bitmap;
        return true;
    }
}
