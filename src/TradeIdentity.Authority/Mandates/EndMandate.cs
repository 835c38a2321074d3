using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Mandates;

/// <summary>
/// Ends a mandate for good: the grantor, or the principal at the head of the chain, revokes it; the representative renounces it. What
/// hangs from it breaks at once: it is judged by all its links, and posts learn of this one by its status.
/// </summary>
public sealed class EndMandate(Database database, TimeProvider time)
{
    private const int LongestGround = 500;

    /// <param name="id">The mandate.</param>
    /// <param name="ground">Why, in the words of who ends it.</param>
    /// <param name="actor">Who ends it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<Outcome<MandateChain>> ExecuteAsync(string id, string ground, MandateActor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ground);
        ArgumentNullException.ThrowIfNull(actor);
        return PrintableText.Normalise(ground, LongestGround) is { } words
            ? await database.WriteAsync(tx => EndAsync(tx, id, words, actor), cancellationToken).ConfigureAwait(false)
            : new Refusal("ground_invalid", $"A ground of 1 to {LongestGround} printable characters on one line is required.");
    }

    private async Task<Outcome<MandateChain>> EndAsync(WriteTransaction tx, string id, string ground, MandateActor actor)
    {
        if (await MandateReader.FindAsync(tx, id).ConfigureAwait(false) is not { } chain)
        {
            return MandateReader.Unknown;
        }

        var mandate = chain.Last;
        if (await SideAsync(tx, mandate, actor, time.GetUtcNow()).ConfigureAwait(false) is not { } end)
        {
            return new Refusal("mandate_not_yours", "Only its grantor, its principal or its representative ends a mandate.");
        }

        if (mandate.State is not (MandateState.Offered or MandateState.Accepted))
        {
            return new Refusal("mandate_ended", $"The mandate is {mandate.State.ToCode()}.");
        }

        var now = time.GetUtcNow();
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
        return chain.WithLast(mandate with { State = end, EndedAt = now.WholeSeconds(), EndGround = ground, Status = status });
    }

    private static async Task<MandateState?> SideAsync(WriteTransaction tx, Mandate mandate, MandateActor actor, DateTimeOffset now) =>
        await MandateParties.MayBindAsync(tx, actor, mandate.Grantor, now).ConfigureAwait(false)
        || await MandateParties.MayBindAsync(tx, actor, mandate.Principal, now).ConfigureAwait(false) ? MandateState.Revoked
        : await MandateParties.MayBindAsync(tx, actor, mandate.Representative, now).ConfigureAwait(false) ? MandateState.Renounced
        : null;
}
