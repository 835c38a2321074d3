using System.Text.Json;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>
/// The one type of <c>authorization_details</c> (RFC 9396) here: <c>{"type":"acting_for","organization":"NL854502130"}</c>, the
/// legal entity that the person shall act for. RFC 9396 §5: an unknown type or member refuses the request.
/// </summary>
internal sealed record ActingForDetail(Tin Organization)
{
    internal const string Type = "acting_for";

    private const int LongestText = 4 * 1024;

    /// <summary>The detail; null where none is asked for.</summary>
    internal static bool TryRead(string? text, out ActingForDetail? detail)
    {
        detail = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(text.Length <= LongestText ? text : "", new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            return document.RootElement is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 1
                && (detail = Read(list[0])) is not null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The second: a text with half of a surrogate pair.
            return false;
        }
    }

    /// <summary>As the token response and the access token carry it (RFC 9396 §7 and §9.1).</summary>
    internal static string Write(string organization) =>
        $$"""[{"type":"{{Type}}","organization":{{JsonSerializer.Serialize(organization, AuthorizationJson.Default.String)}}}]""";

    private static ActingForDetail? Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || element.EnumerateObject().Any(member => member.Name is not ("type" or "organization")))
        {
            return null;
        }

        return element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals(Type)
            && element.TryGetProperty("organization", out var organization) && organization.ValueKind == JsonValueKind.String
            && Tin.TryParse(organization.GetString(), out var tin)
            ? new ActingForDetail(tin)
            : null;
    }
}
