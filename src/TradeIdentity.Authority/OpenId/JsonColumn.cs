using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace TradeIdentity.Authority.OpenId;

/// <summary>Collections of entities as JSON text; an empty collection is NULL.</summary>
internal static class JsonColumn
{
    public static ImmutableArray<string> ReadStrings(string? json) =>
        json is null ? [] : [.. JsonSerializer.Deserialize(json, OpenIdJson.Default.StringArray)!];

    public static string? Write(ImmutableArray<string> values) =>
        values.IsDefaultOrEmpty ? null : JsonSerializer.Serialize([.. values], OpenIdJson.Default.StringArray);

    public static ImmutableDictionary<string, string> ReadMap(string? json) =>
        json is null
            ? ImmutableDictionary<string, string>.Empty
            : JsonSerializer.Deserialize(json, OpenIdJson.Default.DictionaryStringString)!.ToImmutableDictionary();

    public static string? Write(ImmutableDictionary<string, string> map) =>
        map is not { Count: > 0 } ? null : JsonSerializer.Serialize(new(map), OpenIdJson.Default.DictionaryStringString);

    public static ImmutableDictionary<CultureInfo, string> ReadNames(string? json) =>
        ReadMap(json).ToImmutableDictionary(entry => CultureInfo.GetCultureInfo(entry.Key), entry => entry.Value);

    public static string? Write(ImmutableDictionary<CultureInfo, string> names) =>
        names is not { Count: > 0 } ? null : Write(names.ToImmutableDictionary(entry => entry.Key.Name, entry => entry.Value));

    public static ImmutableDictionary<string, JsonElement> ReadProperties(string? json) =>
        json is null
            ? ImmutableDictionary<string, JsonElement>.Empty
            : JsonSerializer.Deserialize(json, OpenIdJson.Default.DictionaryStringJsonElement)!.ToImmutableDictionary();

    public static string? Write(ImmutableDictionary<string, JsonElement> properties) =>
        properties is not { Count: > 0 } ? null : JsonSerializer.Serialize(new(properties), OpenIdJson.Default.DictionaryStringJsonElement);

    /// <summary>
    /// A LIKE pattern (escape character <c>!</c>) for arrays that may hold <paramref name="value"/>. LIKE ignores the case
    /// of ASCII letters on SQLite, so it only narrows: the caller compares what it read.
    /// </summary>
    public static string ArrayHolding(string value) =>
        "%" + JsonSerializer.Serialize([value], OpenIdJson.Default.StringArray)[1..^1]
            .Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal) + "%";
}
