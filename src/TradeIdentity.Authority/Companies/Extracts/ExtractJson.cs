using System.Text.Json.Serialization;

namespace TradeIdentity.Authority.Companies.Extracts;

/// <summary>An extract as it is stored.</summary>
internal sealed record StoredExtract(EntityDetails Entity, string? Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredExtract))]
internal sealed partial class ExtractJson : JsonSerializerContext;
