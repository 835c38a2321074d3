using System.Text.Json;
using TradeIdentity.Server.OpenId.Persons;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>
/// The <c>claims</c> parameter (OpenID Connect Core §5.5): which claims are asked for beside those of the scopes. Names that
/// this server does not know are kept and later find nothing, as §5.5 wants it.
/// </summary>
internal sealed record ClaimsRequest
{
    private const int LongestText = 8 * 1024;
    private const int MostClaims = 64;

    // A demand on how evidence inside verified_claims was checked is the eleventh.
    private const int DeepestNesting = 16;

    internal static ClaimsRequest None { get; } = new();

    public IReadOnlySet<string> IdToken { get; private init; } = new HashSet<string>();

    public IReadOnlySet<string> UserInfo { get; private init; } = new HashSet<string>();

    /// <summary>Inside <c>verified_claims</c>; null where it is not asked for.</summary>
    public VerifiedClaimsRequest? IdTokenVerified { get; private init; }

    /// <summary>Inside <c>verified_claims</c>; null where it is not asked for.</summary>
    public VerifiedClaimsRequest? UserInfoVerified { get; private init; }

    /// <summary>§5.5.1.1: the authentication context classes of which one is essential; empty where none is.</summary>
    public IReadOnlyList<string> EssentialAcr { get; private init; } = [];

    /// <summary>§5.5.1: the subject that the answer must be about, where one is named.</summary>
    public string? Subject { get; private init; }

    /// <summary>Null where the text is not a claims request.</summary>
    internal static ClaimsRequest? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return None;
        }

        try
        {
            if (text.Length > LongestText)
            {
                return null;
            }

            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DeepestNesting, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The second: a text with half of a surrogate pair.
            return null;
        }
    }

    private static ClaimsRequest? Read(JsonElement root)
    {
        var idToken = Section(root, "id_token");
        var userInfo = Section(root, "userinfo");
        if (idToken is null || userInfo is null || idToken.Count + userInfo.Count > MostClaims || !TryReadValues(idToken, "acr", out var acr) || !TryReadValues(idToken, "sub", out var subjects))
        {
            return null;
        }

        if (!TryTakeVerified(idToken, out var idTokenVerified) || !TryTakeVerified(userInfo, out var userInfoVerified))
        {
            return null;
        }

        var isEssential = idToken.TryGetValue("acr", out var member) && member.ValueKind == JsonValueKind.Object
            && member.TryGetProperty("essential", out var essential) && essential.ValueKind == JsonValueKind.True;
        return new ClaimsRequest
        {
            IdToken = idToken.Keys.ToHashSet(StringComparer.Ordinal),
            UserInfo = userInfo.Keys.ToHashSet(StringComparer.Ordinal),
            IdTokenVerified = idTokenVerified,
            UserInfoVerified = userInfoVerified,
            EssentialAcr = isEssential ? acr : [],
            Subject = subjects.Count == 1 ? subjects[0] : null,
        };
    }

    private static Dictionary<string, JsonElement>? Section(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var section) || section.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        // Each member is null or an object (§5.5.1).
        return section.ValueKind == JsonValueKind.Object && section.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array)
            ? section.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal)
            : null;
    }

    private static bool TryTakeVerified(Dictionary<string, JsonElement> section, out VerifiedClaimsRequest? verified)
    {
        verified = null;
        return !section.Remove(VerifiedClaimNames.VerifiedClaims, out var member) || VerifiedClaimsRequest.TryRead(member, out verified);
    }

    private static bool TryReadValues(Dictionary<string, JsonElement> section, string claim, out List<string> values)
    {
        values = [];
        if (!section.TryGetValue(claim, out var member) || member.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        if (member.TryGetProperty("value", out var one))
        {
            values.Add(one.ValueKind == JsonValueKind.String ? one.GetString()! : "");
        }

        if (member.TryGetProperty("values", out var many))
        {
            if (many.ValueKind != JsonValueKind.Array)
            {
                return false;
            }

            values.AddRange(many.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? value.GetString()! : ""));
        }

        return values.All(value => value.Length > 0);
    }
}
