using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Audit;

namespace TradeIdentity.Authority.Successions;

/// <summary>What happened to a succession, for the audit trail.</summary>
internal sealed record SuccessionAudit(string Kind, string[] Predecessors, string[] Successors, string EffectiveOn, string LegalGround, string? Reason)
{
    internal static AuditRecord Of(string act, SuccessionProposal proposal, string actor) => new(
        actor,
        act,
        $"succession:{proposal.Id}",
        JsonSerializer.Serialize(
            new SuccessionAudit(
                proposal.Kind.ToCode(),
                [.. proposal.Predecessors.Select(tin => tin.Value)],
                [.. proposal.Successors.Select(tin => tin.Value)],
                proposal.EffectiveOn.ToString("O", CultureInfo.InvariantCulture),
                proposal.LegalGround,
                proposal.Reason),
            SuccessionAuditJson.Default.SuccessionAudit));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SuccessionAudit))]
internal sealed partial class SuccessionAuditJson : JsonSerializerContext;
