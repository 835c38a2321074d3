using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>An administrator of an operator has nothing sent to an address any more. What waits to be sent there goes with it.</summary>
public sealed class RemoveWebhook(Database database, TimeProvider time)
{
    /// <param name="id">The webhook.</param>
    /// <param name="tin">The operator; of another's webhook it is told what a stranger is.</param>
    /// <param name="accountId">Who removes it.</param>
    /// <param name="cancellationToken">Ends the wait; an act that has begun is finished.</param>
    public Task<Outcome<Webhook>> ExecuteAsync(string id, Tin tin, string accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(tx => RemoveAsync(tx, id, tin, accountId), cancellationToken);

    private async Task<Outcome<Webhook>> RemoveAsync(WriteTransaction tx, string id, Tin tin, string accountId)
    {
        if (!await WebhookTerms.MayAsync(tx, accountId, tin, time.GetUtcNow()).ConfigureAwait(false))
        {
            return WebhookTerms.NotAdministrator;
        }

        if (await WebhookReader.FindAsync(tx, id, tin).ConfigureAwait(false) is not { } webhook)
        {
            return WebhookTerms.Unknown;
        }

        await tx.ExecuteAsync("DELETE FROM webhooks WHERE id = @id", new { id }).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, time.GetUtcNow(), WebhookAudit.Of("webhook-removed", webhook, accountId)).ConfigureAwait(false);
        return webhook;
    }
}
