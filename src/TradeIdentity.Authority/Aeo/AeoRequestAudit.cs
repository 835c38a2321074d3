using System.Text.Json.Serialization;

namespace TradeIdentity.Authority.Aeo;

/// <summary>What the audit trail keeps of an answer or a report; its content is in its table.</summary>
internal sealed record AeoRequestAudit(string Id, string Programme, string Component, int Step);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AeoRequestAudit))]
internal sealed partial class AeoRequestAuditJson : JsonSerializerContext;
