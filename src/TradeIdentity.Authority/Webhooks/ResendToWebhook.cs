using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>An administrator has one message sent again: delivered or given up, it goes out at once under the same <c>jti</c>.</summary>
public sealed class ResendToWebhook(Database database, TimeProvider time)
{
    /// <param name="id">The webhook.</param>
    /// <param name="deliveryId">The message; the question is not sent again but asked anew (<see cref="TestWebhook"/>).</param>
    /// <param name="tin">The operator; of another's webhook it is told what a stranger is.</param>
    /// <param name="accountId">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait; an act that has begun is finished.</param>
    public Task<Outcome<Webhook>> ExecuteAsync(string id, string deliveryId, Tin tin, string accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(tx => ResendAsync(tx, id, deliveryId, tin, accountId), cancellationToken);

    private async Task<Outcome<Webhook>> ResendAsync(WriteTransaction tx, string id, string deliveryId, Tin tin, string accountId)
    {
        if (!await WebhookTerms.MayAsync(tx, accountId, tin, time.GetUtcNow()).ConfigureAwait(false))
        {
            return WebhookTerms.NotAdministrator;
        }

        if (await WebhookReader.FindAsync(tx, id, tin).ConfigureAwait(false) is not { } webhook)
        {
            return WebhookTerms.Unknown;
        }

        if (webhook.State != WebhookState.Active)
        {
            return new Refusal("webhook_not_active", "Nobody answers there: send a test message first. What was given up is sent when it is answered.");
        }

        return await tx.ExecuteAsync(
            """
            UPDATE webhook_deliveries SET next_attempt_at = @Now, attempts = 0, delivered_at = NULL
            WHERE id = @deliveryId AND webhook_id = @id AND notice_id IS NOT NULL AND next_attempt_at IS NULL
            """,
            new { deliveryId, id, Now = time.GetUtcNow().ToUnixTimeSeconds() }).ConfigureAwait(false) == 1
            ? webhook
            : new Refusal("webhook_delivery_unknown", "There is no such message that could be sent again.");
    }
}
