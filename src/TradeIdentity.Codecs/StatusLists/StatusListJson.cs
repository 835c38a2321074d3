using System.Buffers.Text;
using System.Text.Json;
using TradeIdentity.Codecs.Jose;

namespace TradeIdentity.Codecs.StatusLists;

/// <summary>The JSON form of a status list (draft §4.2): <c>bits</c>, <c>lst</c> in base64url, maybe <c>aggregation_uri</c>.</summary>
public static class StatusListJson
{
    /// <summary>Writes the object.</summary>
    /// <param name="writer">Where the value of <c>status_list</c> goes.</param>
    /// <param name="statuses">The list.</param>
    /// <param name="aggregationUri">Where all lists are named; null for none.</param>
    public static void Write(Utf8JsonWriter writer, StatusListBitmap statuses, string? aggregationUri)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(statuses);
        writer.WriteStartObject();
        writer.WriteNumber("bits", statuses.Bits);
        writer.WriteString("lst", Base64Url.EncodeToString(statuses.Compress()));
        if (aggregationUri is not null)
        {
            writer.WriteString("aggregation_uri", aggregationUri);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads the object that <paramref name="utf8"/> is; unknown members are ignored.</summary>
    /// <param name="utf8">The JSON text, all of it.</param>
    /// <param name="statuses">The list; null unless the answer is <see cref="StatusListFailure.None"/>.</param>
    /// <param name="aggregationUri">Where all lists are named; null for none.</param>
    public static StatusListFailure Read(ReadOnlyMemory<byte> utf8, out StatusListBitmap? statuses, out string? aggregationUri)
    {
        (statuses, aggregationUri) = (null, null);
        return StrictJson.ReadObject(utf8) is { } list ? Read(list, out statuses, out aggregationUri) : StatusListFailure.Malformed;
    }

    internal static StatusListFailure Read(JsonElement list, out StatusListBitmap? statuses, out string? aggregationUri)
    {
        (statuses, aggregationUri) = (null, null);
        if (list.ValueKind != JsonValueKind.Object
            || !list.TryGetProperty("bits", out var bits) || bits.ValueKind != JsonValueKind.Number || !bits.TryGetInt32(out var width)
            || StrictJson.Text(list, "lst") is not { } lst
            || (list.TryGetProperty("aggregation_uri", out var uri) && uri.ValueKind != JsonValueKind.String))
        {
            return StatusListFailure.Claim;
        }

        aggregationUri = StrictJson.Text(list, "aggregation_uri");
        return CanonicalBase64Url.TryDecode(lst, StatusListBitmap.MaxCount, out var zlib)
            && StatusListBitmap.TryDecompress(zlib, width, out statuses)
            ? StatusListFailure.None
            : StatusListFailure.List;
    }
}
