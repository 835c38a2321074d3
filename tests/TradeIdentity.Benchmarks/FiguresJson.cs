using System.Text.Json.Serialization;

namespace TradeIdentity.Benchmarks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(List<Figure>))]
internal sealed partial class FiguresJson : JsonSerializerContext;
