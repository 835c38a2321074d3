using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>An administrator of an operator names an address where its notices are sent, once somebody has answered there.</summary>
public sealed class AddWebhook(Database database, TimeProvider time)
{
    /// <param name="tin">The operator.</param>
    /// <param name="address">An https address of at most <see cref="WebhookTerms.LongestAddress"/> characters, written in its one way.</param>
    /// <param name="accountId">Who adds it.</param>
    /// <param name="cancellationToken">Ends the wait; an act that has begun is finished.</param>
    /// <returns>The webhook, which is asked at once whether somebody is there.</returns>
    public async Task<Outcome<Webhook>> ExecuteAsync(Tin tin, string address, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        return WebhookTerms.IsAddress(address)
            ? await database.WriteAsync(tx => AddAsync(tx, tin, address, accountId), cancellationToken).ConfigureAwait(false)
            : new Refusal(
                "webhook_address_invalid",
                $"The address must be an https address on the Internet of at most {WebhookTerms.LongestAddress} characters, with no user name and no fragment.");
    }

    private async Task<Outcome<Webhook>> AddAsync(WriteTransaction tx, Tin tin, string address, string accountId)
    {
        if (!await WebhookTerms.MayAsync(tx, accountId, tin, time.GetUtcNow()).ConfigureAwait(false))
        {
            return WebhookTerms.NotAdministrator;
        }

        if (tx.Dialect == SqlDialect.PostgreSql)
        {
            // Two administrators at once take turns: what is counted below stays so.
            await tx.ExecuteAsync("SELECT tin FROM operators WHERE tin = @Tin FOR NO KEY UPDATE", new { Tin = tin.Value }).ConfigureAwait(false);
        }

        var addresses = await tx.QueryAsync<string>("SELECT address FROM webhooks WHERE tin = @Tin", new { Tin = tin.Value }).ConfigureAwait(false);
        if (addresses.Contains(address))
        {
            return new Refusal("webhook_exists", "The notices of this entity are sent to this address already.");
        }

        if (addresses.Count >= WebhookTerms.MostWebhooks)
        {
            return new Refusal("webhook_limit", $"An entity has at most {WebhookTerms.MostWebhooks} webhooks: remove one first.");
        }

        var now = time.GetUtcNow();
        var webhook = new Webhook(TimeOrderedId.New(now), tin, address, WebhookState.Unconfirmed, DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()));
        await tx.ExecuteAsync(
            "INSERT INTO webhooks (id, tin, address, created_at, created_by) VALUES (@Id, @Tin, @Address, @At, @By)",
            new { webhook.Id, Tin = tin.Value, webhook.Address, At = now.ToUnixTimeSeconds(), By = accountId }).ConfigureAwait(false);
        await WebhookOutbox.AskAsync(tx, webhook.Id, now).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, WebhookAudit.Of("webhook-added", webhook, accountId)).ConfigureAwait(false);
        return webhook;
    }
}
