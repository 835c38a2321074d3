using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Status;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Mandates;

/// <summary>Accepts or declines a mandate, for its representative. From an acceptance on, its status travels with the trust bundle.</summary>
public sealed class AnswerMandate(Database database, TimeProvider time, StatusIndexAllocator indexes)
{
    public Task<Outcome<MandateChain>> AcceptAsync(string id, MandateActor actor, CancellationToken cancellationToken) => AnswerAsync(id, MandateState.Accepted, actor, cancellationToken);

    public Task<Outcome<MandateChain>> DeclineAsync(string id, MandateActor actor, CancellationToken cancellationToken) => AnswerAsync(id, MandateState.Declined, actor, cancellationToken);

    private async Task<Outcome<MandateChain>> AnswerAsync(string id, MandateState answer, MandateActor actor, CancellationToken cancellationToken)
    {
        if (answer != MandateState.Accepted)
        {
            return await database.WriteAsync(tx => AnswerAsync(tx, id, answer, null, actor), cancellationToken).ConfigureAwait(false);
        }

        var index = (await indexes.TakeAsync(1, cancellationToken).ConfigureAwait(false))[0];
        var used = false;
        try
        {
            var outcome = await database.WriteAsync(tx => AnswerAsync(tx, id, answer, index, actor), cancellationToken).ConfigureAwait(false);
            used = outcome.Refusal is null;
            return outcome;
        }
        finally
        {
            if (!used)
            {
                indexes.GiveBack(index);
            }
        }
    }

    private async Task<Outcome<MandateChain>> AnswerAsync(WriteTransaction tx, string id, MandateState answer, StatusReference? index, MandateActor actor)
    {
        if (await MandateReader.FindAsync(tx, id).ConfigureAwait(false) is not { } chain)
        {
            return MandateReader.Unknown;
        }

        var (mandate, now) = (chain.Last, time.GetUtcNow());
        if (!await MandateParties.MayBindAsync(tx, actor, mandate.Representative, now).ConfigureAwait(false))
        {
            return new Refusal("mandate_not_yours", "Only its representative answers a mandate.");
        }

        if (mandate.State != MandateState.Offered)
        {
            return new Refusal("mandate_answered", $"The mandate is {mandate.State.ToCode()}.");
        }

        if (answer == MandateState.Accepted && (now >= mandate.ValidUntil || chain.Links[..^1].Any(link => link.FaultAt(now) is not (null or MandateFault.NotYet))))
        {
            return new Refusal("mandate_not_in_force", "The mandate is past its end, or one that it hangs from does not hold.");
        }

        await AuditTrail.AppendAsync(tx, now, MandateAudit.Of($"mandate-{answer.ToCode()}", mandate, actor)).ConfigureAwait(false);
        await tx.ExecuteAsync(
            """
            UPDATE mandates SET state = @State, answered_by = @By, answered_at = @At, status_list = @List, status_index = @Index WHERE id = @Id
            """,
            new { mandate.Id, State = (int)answer, By = actor.Name, At = now.ToUnixTimeSeconds(), index?.List, index?.Index }).ConfigureAwait(false);
        await MandateNotices.GiveAsync(tx, mandate, $"mandate-{answer.ToCode()}", now).ConfigureAwait(false);
        return chain.WithLast(mandate with { State = answer, AnsweredAt = now.WholeSeconds(), StatusReference = index });
    }
}
