using System.Formats.Cbor;
using TradeIdentity.Codecs.Cbor;

namespace TradeIdentity.Codecs.StatusLists;

/// <summary>The CBOR form of a status list (draft §4.3): a map of <c>bits</c>, <c>lst</c> as bytes, maybe <c>aggregation_uri</c>.</summary>
public static class StatusListCbor
{
    /// <summary>Writes the map.</summary>
    /// <param name="writer">Where the value of claim 65533 goes.</param>
    /// <param name="statuses">The list.</param>
    /// <param name="aggregationUri">Where all lists are named; null for none.</param>
    public static void Write(CborWriter writer, StatusListBitmap statuses, string? aggregationUri)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(statuses);

        // RFC 8949 §4.2.1: shorter texts first, which is also their bytewise order by the length in the head.
        writer.WriteStartMap(aggregationUri is null ? 2 : 3);
        writer.WriteTextString("lst");
        writer.WriteByteString(statuses.Compress());
        writer.WriteTextString("bits");
        writer.WriteInt32(statuses.Bits);
        if (aggregationUri is not null)
        {
            writer.WriteTextString("aggregation_uri");
            writer.WriteTextString(aggregationUri);
        }

        writer.WriteEndMap();
    }

    /// <summary>Reads the map that <paramref name="cbor"/> is; unknown members are ignored.</summary>
    /// <param name="cbor">The map, all of it.</param>
    /// <param name="statuses">The list; null unless the answer is <see cref="StatusListFailure.None"/>.</param>
    /// <param name="aggregationUri">Where all lists are named; null for none.</param>
    public static StatusListFailure Read(ReadOnlyMemory<byte> cbor, out StatusListBitmap? statuses, out string? aggregationUri)
    {
        (statuses, aggregationUri) = (null, null);
        if (!ForeignCbor.TryRead(cbor, ReadMembers, out var members))
        {
            return StatusListFailure.Malformed;
        }

        aggregationUri = members!.AggregationUri;
        if (members is not { Bits: { } bits, List: { } list })
        {
            return StatusListFailure.Claim;
        }

        return StatusListBitmap.TryDecompress(list, (int)Math.Clamp(bits, 0, int.MaxValue), out statuses)
            ? StatusListFailure.None
            : StatusListFailure.List;
    }

    private static Members ReadMembers(CborReader reader)
    {
        var members = new Members();
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            switch (reader.ReadTextString())
            {
                case "bits":
                    members.Bits = reader.ReadInt64();
                    break;
                case "lst":
                    members.List = reader.ReadByteString();
                    break;
                case "aggregation_uri":
                    members.AggregationUri = reader.ReadTextString();
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }

        reader.ReadEndMap();
        return members;
    }

    private sealed class Members
    {
        public long? Bits { get; set; }

        public byte[]? List { get; set; }

        public string? AggregationUri { get; set; }
    }
}
