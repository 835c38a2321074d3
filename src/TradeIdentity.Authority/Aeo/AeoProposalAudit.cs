using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Audit;

namespace TradeIdentity.Authority.Aeo;

/// <summary>What the audit trail keeps of a proposal; its content is in its table.</summary>
internal sealed record AeoProposalAudit(string Proposal, string Programme, string Component, string Act, int Step)
{
    public static AuditRecord Of(string act, AeoProposal proposal, string actor) => new(
        actor,
        act,
        $"operator:{proposal.Decision.Tin}",
        JsonSerializer.Serialize(
            new AeoProposalAudit(proposal.Id, proposal.Decision.Programme!, proposal.Decision.Component, proposal.Decision.Act.ToCode(), proposal.Step),
            AeoProposalAuditJson.Default.AeoProposalAudit));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AeoProposalAudit))]
internal sealed partial class AeoProposalAuditJson : JsonSerializerContext;
