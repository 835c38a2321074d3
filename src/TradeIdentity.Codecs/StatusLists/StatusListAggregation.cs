using System.Buffers;
using System.Text.Json;
using TradeIdentity.Codecs.Jose;

namespace TradeIdentity.Codecs.StatusLists;

/// <summary>The JSON document that names all status lists of an issuer (draft §9.3): <c>status_lists</c>, an array of URIs.</summary>
public static class StatusListAggregation
{
    /// <summary>The media type under which it is served.</summary>
    public const string MediaType = "application/json";

    private const int MaxLists = 65_536;

    /// <summary>Writes the document, UTF-8.</summary>
    /// <param name="uris">The URIs of the lists, in the order given.</param>
    public static byte[] Encode(IReadOnlyList<string> uris)
    {
        ArgumentNullException.ThrowIfNull(uris);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("status_lists");
        foreach (var uri in uris)
        {
            writer.WriteStringValue(uri);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the document; unknown members are ignored.</summary>
    /// <param name="utf8">The JSON text, all of it.</param>
    /// <param name="uris">The URIs; empty where the answer is false.</param>
    /// <returns>False for no such document, a member that is no absolute URI, or more than 65,536 of them.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, out IReadOnlyList<string> uris)
    {
        uris = [];
        if (StrictJson.ReadObject(utf8) is not { } document
            || !document.TryGetProperty("status_lists", out var lists)
            || lists.ValueKind != JsonValueKind.Array
            || lists.GetArrayLength() > MaxLists)
        {
            return false;
        }

        var read = new List<string>();
        foreach (var list in lists.EnumerateArray())
        {
            if (list.ValueKind != JsonValueKind.String || list.GetString() is not { } uri || !Uri.IsWellFormedUriString(uri, UriKind.Absolute))
            {
                return false;
            }

            read.Add(uri);
        }

        uris = read;
        return true;
    }
}
