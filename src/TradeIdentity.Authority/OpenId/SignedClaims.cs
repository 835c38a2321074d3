using System.Text.Json;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// The claims of a JWT as they were signed. The library's own reader turns types into one another, and keeps the last of two
/// claims of one name, so that two readers could take one token for two.
/// </summary>
public static class SignedClaims
{
    // The last second of the year 9999: what a date can hold.
    private const long LastSecond = 253_402_300_799;

    /// <summary>The object that <paramref name="payload"/> is; null where it is none, is deeper than <paramref name="maxDepth"/>, or has a name twice.</summary>
    public static JsonElement? Read(ReadOnlyMemory<byte> payload, int maxDepth)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = maxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The second: a name that is half of a surrogate pair.
            return null;
        }
    }

    /// <summary>Null where the claim is absent or no text.</summary>
    public static string? Text(JsonElement claims, string name)
    {
        try
        {
            return claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // The platform's word for half of a surrogate pair.
            return null;
        }
    }

    /// <summary>Null where the claim is absent or no array of texts.</summary>
    public static IReadOnlyList<string>? Texts(JsonElement claims, string name)
    {
        try
        {
            return claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(element => element.ValueKind == JsonValueKind.String)
                ? [.. value.EnumerateArray().Select(element => element.GetString()!)]
                : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A NumericDate in whole seconds (RFC 7519 §2: it may have a fraction); null where the claim is absent or none.</summary>
    public static long? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDecimal(out var seconds) && seconds is >= 0 and <= LastSecond
            ? (long)seconds
            : null;
}
