using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>
/// An administrator has a webhook asked whether somebody is there. An answer confirms a new one, and starts a paused one again with all
/// that was given up meanwhile.
/// </summary>
public sealed class TestWebhook(Database database, TimeProvider time)
{
    // Whoever presses again and again makes no stream of it: the address may be another's.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <param name="id">The webhook.</param>
    /// <param name="tin">The operator; of another's webhook it is told what a stranger is.</param>
    /// <param name="accountId">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait; an act that has begun is finished.</param>
    public Task<Outcome<Webhook>> ExecuteAsync(string id, Tin tin, string accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(tx => AskAsync(tx, id, tin, accountId), cancellationToken);

    private async Task<Outcome<Webhook>> AskAsync(WriteTransaction tx, string id, Tin tin, string accountId)
    {
        if (!await WebhookTerms.MayAsync(tx, accountId, tin, time.GetUtcNow()).ConfigureAwait(false))
        {
            return WebhookTerms.NotAdministrator;
        }

        if (await WebhookReader.FindAsync(tx, id, tin, locked: true).ConfigureAwait(false) is not { } webhook)
        {
            return WebhookTerms.Unknown;
        }

        var now = time.GetUtcNow();
        // One that is tried again by itself needs no second beside it.
        if (await tx.ScalarAsync<long>(
            "SELECT COUNT(*) FROM webhook_deliveries WHERE webhook_id = @id AND notice_id IS NULL AND (id > @Since OR next_attempt_at IS NOT NULL)",
            new { id, Since = TimeOrderedId.FirstOf(now - Pause) }).ConfigureAwait(false) > 0)
        {
            return new Refusal("webhook_asked", "A test message is on its way: wait for what becomes of it.");
        }

        await WebhookOutbox.AskAsync(tx, id, now).ConfigureAwait(false);
        return webhook;
    }
}
