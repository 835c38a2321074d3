using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TradeIdentity.Authority;

/// <summary>Writes times as a verdict does: RFC 3339 in UTC with <c>Z</c>, to the second.</summary>
public sealed class UtcTimeJson : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Text(value));

    /// <summary>The same, where JSON is made by hand.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
