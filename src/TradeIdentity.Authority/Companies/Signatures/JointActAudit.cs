using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Signatures;

/// <summary>What the audit trail keeps of a joint act, and what the operator is told of it.</summary>
internal sealed record JointActAudit(string Id, string Kind)
{
    internal static async Task RecordAsync(WriteTransaction tx, string act, Tin tin, string id, string kind, string actor, DateTimeOffset now)
    {
        await AuditTrail.AppendAsync(
            tx, now, new AuditRecord(actor, act, $"operator:{tin}", JsonSerializer.Serialize(new JointActAudit(id, kind), JointActAuditJson.Default.JointActAudit))).ConfigureAwait(false);
        var name = await tx.ScalarAsync<string>("SELECT legal_name FROM operators WHERE tin = @tin", new { tin = tin.Value }).ConfigureAwait(false);
        await GiveNotice.ExecuteAsync(tx, [NoticeHolder.Of(tin)], act, id, [new("company", name!), new("joint", kind)], now).ConfigureAwait(false);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JointActAudit))]
internal sealed partial class JointActAuditJson : JsonSerializerContext;
