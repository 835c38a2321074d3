using System.Text.Json;

namespace TradeIdentity.Codecs.Jose;

/// <summary>The wall around JSON that others wrote: an object with no name twice, bounded depth, texts of valid UTF-8 and UTF-16.</summary>
internal static class StrictJson
{
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>Reads the object that <paramref name="utf8"/> is; null for anything else.</summary>
    public static JsonElement? ReadObject(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object && AreTexts(document.RootElement)
                ? document.RootElement.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // The platform's way to say, when a text is taken, that it is no valid UTF-8 or half of a surrogate pair.
            return null;
        }
    }

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool AreTexts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(property => property.Name.Length >= 0 && AreTexts(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(AreTexts),
        JsonValueKind.String => element.GetString() is not null,
        _ => true,
    };
}
