using System.Text.Json;
using System.Text.RegularExpressions;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>
/// A client's metadata as it was sent (RFC 7591 §2): each known name with the type that it must have, and bounded. Unknown
/// names are ignored; a name twice is refused. What the values mean is for <see cref="ReadClientMetadata"/>.
/// </summary>
internal sealed partial class ClientMetadataDocument
{
    // More of one kind serves nobody, and is read again at every request of the client.
    private const int MostTexts = 50;
    private const int LongestText = 2048;
    private const int LongestStatement = 16 * 1024;
    private const int MostTranslations = 30;

    private readonly Dictionary<string, JsonElement> _values;

    private ClientMetadataDocument(Dictionary<string, JsonElement> values) => _values = values;

    public IEnumerable<KeyValuePair<string, JsonElement>> Values => _values;

    public static Outcome<ClientMetadataDocument> Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            return Read(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return Invalid("The body must be one JSON object, in which no name comes twice.");
        }
    }

    public static Outcome<ClientMetadataDocument> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Invalid("The metadata must be a JSON object.");
        }

        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            // RFC 7592 §2.2: null is the same as nothing.
            if (member.Value.ValueKind == JsonValueKind.Null || !ClientMetadataNames.Kinds.TryGetValue(ClientMetadataNames.Bare(member.Name), out var kind))
            {
                if (IsRefused(member))
                {
                    return Invalid($"{member.Name} is not supported.");
                }

                continue;
            }

            if (Mistake(member, kind) is { } mistake)
            {
                return Invalid(mistake);
            }

            values[member.Name] = member.Value;
        }

        return values.Keys.Count(name => name.Contains('#')) > MostTranslations
            ? Invalid($"There are more than {MostTranslations} translations.")
            : new ClientMetadataDocument(values);
    }

    /// <summary>RFC 7591 §3.1.1: what the software's publisher states wins over what the client says of itself.</summary>
    public ClientMetadataDocument OverriddenBy(ClientMetadataDocument statement)
    {
        var values = new Dictionary<string, JsonElement>(_values, StringComparer.Ordinal);
        foreach (var (name, value) in statement._values)
        {
            values[name] = value;
        }

        return new ClientMetadataDocument(values);
    }

    public string? Text(string name) => _values.TryGetValue(name, out var value) ? value.GetString() : null;

    public bool Flag(string name) => _values.TryGetValue(name, out var value) && value.GetBoolean();

    public IReadOnlyList<string>? Texts(string name) =>
        _values.TryGetValue(name, out var value) ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : null;

    public string? Keys(string name) => _values.TryGetValue(name, out var value) ? value.GetRawText() : null;

    public IEnumerable<(string Language, string Value)> Translations(string name) =>
        _values.Where(entry => entry.Key.Length > name.Length && entry.Key[name.Length] == '#' && entry.Key.StartsWith(name, StringComparison.Ordinal))
            .Select(entry => (entry.Key[(name.Length + 1)..], entry.Value.GetString()!));

    public static Refusal Invalid(string detail) => new("invalid_client_metadata", detail);

    // A client that asks for encryption and is not told would take plain text for it.
    private static bool IsRefused(JsonProperty member) =>
        member.Value.ValueKind != JsonValueKind.Null
        && (member.Name.EndsWith("_encrypted_response_alg", StringComparison.Ordinal) || member.Name is "request_object_encryption_alg");

    private static string? Mistake(JsonProperty member, ClientMetadataKind kind)
    {
        var (name, value) = (member.Name, member.Value);
        if (name.Contains('#') && (kind != ClientMetadataKind.LocalizedText || !LanguageTag().IsMatch(name[(ClientMetadataNames.Bare(name).Length + 1)..])))
        {
            return $"{ClientMetadataNames.Bare(name)} has a language that is not one.";
        }

        var longest = name == ClientMetadataNames.SoftwareStatement ? LongestStatement : LongestText;
        return kind switch
        {
            ClientMetadataKind.Text or ClientMetadataKind.LocalizedText when !IsText(value, longest) => $"{name} must be a text of 1 to {longest} characters.",
            ClientMetadataKind.Flag when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False) => $"{name} must be true or false.",
            ClientMetadataKind.Seconds when value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var seconds) || seconds < 0 => $"{name} must be a whole number, not negative.",
            ClientMetadataKind.Texts when value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MostTexts || !value.EnumerateArray().All(item => IsText(item, LongestText)) =>
                $"{name} must be a list of at most {MostTexts} texts.",
            ClientMetadataKind.Texts when value.EnumerateArray().Select(item => item.GetString()).Distinct(StringComparer.Ordinal).Count() != value.GetArrayLength() => $"{name} says something twice.",
            ClientMetadataKind.Keys when value.ValueKind != JsonValueKind.Object => $"{name} must be a JWK set.",
            _ => null,
        };
    }

    // Nothing invisible: a control, a bidirectional override or a lone surrogate would mislead whoever reads it.
    private static bool IsText(JsonElement value, int longest)
    {
        if (value.ValueKind != JsonValueKind.String || ReadText(value) is not { Length: > 0 } text || text.Length > longest)
        {
            return false;
        }

        return text.EnumerateRunes().All(rune => rune.Value != 0xFFFD && System.Text.Rune.GetUnicodeCategory(rune) is not (
            System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Surrogate
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator
            or System.Globalization.UnicodeCategory.OtherNotAssigned or System.Globalization.UnicodeCategory.PrivateUse));
    }

    private static string? ReadText(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // The reader's word for an escaped lone surrogate.
            return null;
        }
    }

    // RFC 5646, as much of it as names a language, a script and a region.
    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
