using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Changes;

/// <summary>What a change is in the register's words, and how its settlement is stored, told and audited.</summary>
internal static class ChangeRecord
{
    /// <summary>What can be changed of an operator, as it is.</summary>
    internal static EntityDetails Of(Operator held) => new(
        held.LegalName,
        held.Jurisdiction.Value,
        held.LegalForm?.Value,
        EntityAddress.Of(held.RegisteredAddress),
        [],
        [.. held.Roles.Select(role => role.Code)]);

    internal static async Task<EntityChange> SettleAsync(WriteTransaction tx, EntityChange change, string state, string? evidence, string? reason, string actor, DateTimeOffset now)
    {
        await tx.ExecuteAsync(
            "UPDATE entity_changes SET state = @state, evidence = @evidence, reason = @reason, settled_by = @actor, settled_at = @now WHERE id = @Id",
            new { change.Id, state, evidence, reason, actor, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        await TellAsync(tx, change, state, actor, now).ConfigureAwait(false);
        return (await EntityChanges.FindAsync(tx, change.Id).ConfigureAwait(false))!;
    }

    internal static async Task TellAsync(WriteTransaction tx, EntityChange change, string state, string actor, DateTimeOffset now)
    {
        await AuditTrail.AppendAsync(tx, now, new AuditRecord(actor, $"entity-change-{state}", $"operator:{change.Tin}", $$"""{"id":"{{change.Id}}"}""")).ConfigureAwait(false);
        await GiveNotice.ExecuteAsync(tx, [NoticeHolder.Of(change.Tin)], $"change-{state}", change.Id, [new("company", change.Earlier.LegalName)], now).ConfigureAwait(false);
    }
}
