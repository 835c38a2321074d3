using System.Text.Json;
using System.Text.Json.Serialization;

namespace TradeIdentity.Authority.Storage;

/// <summary>
/// Any number of texts as one parameter, so that a statement stays the same and stays prepared: <c>… WHERE tin IN {TextSet.In(dialect,
/// "@Tins")}</c> with <c>Tins = TextSet.Of(tins)</c>.
/// </summary>
internal static class TextSet
{
    internal static string In(SqlDialect dialect, string parameter) => dialect == SqlDialect.Sqlite
        ? $"(SELECT value FROM json_each({parameter}))"
        : $"(SELECT json_array_elements_text({parameter}::json))";

    internal static string[] Read(string json) => JsonSerializer.Deserialize(json, TextListJson.Default.StringArray)!;

    internal static string Of(IEnumerable<string> texts) => JsonSerializer.Serialize([.. texts], TextListJson.Default.StringArray);
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class TextListJson : JsonSerializerContext;
