using System.Text.Json.Serialization;

namespace TradeIdentity.Authority.Operators;

/// <summary>What the audit trail keeps of a registration: enough to find the facts, and none of them.</summary>
internal sealed record RegistrationDetails(int Version, string Source, IReadOnlyList<AeoStepDetails> Aeo);

/// <summary>A step of an AEO component; its content is in the history.</summary>
internal sealed record AeoStepDetails(string Programme, string Component, string? From, string To, int Step);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RegistrationDetails))]
internal sealed partial class RegistrationDetailsJson : JsonSerializerContext;
