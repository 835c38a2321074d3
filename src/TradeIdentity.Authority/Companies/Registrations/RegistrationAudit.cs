using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Audit;

namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>What the audit trail keeps of a registration: numbers and ids, nothing of a person.</summary>
internal sealed record RegistrationAudit(string? Tin)
{
    internal static AuditRecord Of(string act, string id, string actor, string? tin) =>
        new(actor, act, $"registration:{id}", JsonSerializer.Serialize(new RegistrationAudit(tin), RegistrationAuditJson.Default.RegistrationAudit));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegistrationAudit))]
internal sealed partial class RegistrationAuditJson : JsonSerializerContext;
