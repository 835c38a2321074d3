using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Mandates;

/// <summary>Writes that a mandate has ended: the audit entry, its state, the change of status that a delta will carry, and the notices.</summary>
internal static class RecordMandateEnd
{
    public static async Task<Mandate> ExecuteAsync(WriteTransaction tx, Mandate mandate, MandateState end, string ground, MandateActor actor, DateTimeOffset now)
    {
        var status = mandate.StatusReference is null ? StatusValue.Valid : StatusValue.Revoked;
        // The audit entry first: it takes the chain, so changes of status commit in the order of their sequence.
        await AuditTrail.AppendAsync(tx, now, MandateAudit.Of($"mandate-{end.ToCode()}", mandate, actor, ground)).ConfigureAwait(false);
        await tx.ExecuteAsync(
            "UPDATE mandates SET state = @State, ended_by = @By, ended_at = @At, end_ground = @ground, status = @Status WHERE id = @Id",
            new { mandate.Id, State = (int)end, By = actor.Name, At = now.ToUnixTimeSeconds(), ground, Status = (int)status }).ConfigureAwait(false);
        if (mandate.StatusReference is { } at)
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO status_changes (sequence, mandate_id, status_list, status_index, status, ground, actor, changed_at)
                VALUES ((SELECT COALESCE(MAX(sequence), 0) + 1 FROM status_changes), @Id, @List, @Index, @Status, @ground, @By, @At)
                """,
                new { mandate.Id, at.List, at.Index, Status = (int)status, ground, By = actor.Name, At = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        }

        await MandateNotices.GiveAsync(tx, mandate, $"mandate-{end.ToCode()}", now).ConfigureAwait(false);
        return mandate with { State = end, EndedAt = now.WholeSeconds(), EndGround = ground, Status = status };
    }
}
