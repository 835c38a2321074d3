using System.Text.Json.Serialization;

namespace TradeIdentity.Authority.Aeo;

/// <summary>What a programme grants by itself, e.g. <c>AEOC</c>.</summary>
/// <param name="Code">Unique in the programme.</param>
/// <param name="QrCode">Number in the QR credential, unique in the whole catalogue: it names the programme too. Never used again.</param>
/// <param name="Names">Display name by language tag.</param>
/// <param name="Edifact">Its code in UN/EDIFACT 1001, where there is one.</param>
/// <param name="Tiers">Levels within the component, lowest first; empty where it has none.</param>
public sealed record AeoProgrammeComponent(
    string Code,
    [property: JsonPropertyName("qr")] int QrCode,
    IReadOnlyDictionary<string, string> Names,
    string? Edifact = null,
    IReadOnlyList<AeoTier>? Tiers = null)
{
    public IReadOnlyList<AeoTier> Tiers { get; init; } = Tiers ?? [];
}
