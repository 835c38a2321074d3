using System.Text.Json.Serialization;

namespace TradeIdentity.Authority.Aeo;

/// <summary>A level within a component.</summary>
/// <param name="Code">Unique in the component.</param>
/// <param name="QrCode">Number in the QR credential, unique in the component. Never used again.</param>
/// <param name="Names">Display name by language tag.</param>
public sealed record AeoTier(string Code, [property: JsonPropertyName("qr")] int QrCode, IReadOnlyDictionary<string, string> Names);
