using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Audit;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>What happened to a webhook, for the audit trail.</summary>
internal sealed record WebhookAudit(string Id, string Address)
{
    internal static AuditRecord Of(string act, Webhook webhook, string actor) => new(
        actor, act, $"operator:{webhook.Tin}", JsonSerializer.Serialize(new WebhookAudit(webhook.Id, webhook.Address), WebhookAuditJson.Default.WebhookAudit));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebhookAudit))]
internal sealed partial class WebhookAuditJson : JsonSerializerContext;
