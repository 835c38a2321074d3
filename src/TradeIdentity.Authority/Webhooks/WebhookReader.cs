using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>The webhooks of an operator, and the log of what was sent to each.</summary>
public sealed class WebhookReader(Database database)
{
    // Behind every id, which is hexadecimal.
    private const string BeforeNothing = "g";

    /// <summary>In the order in which they were added; they are few (<see cref="WebhookTerms.MostWebhooks"/>).</summary>
    public async Task<IReadOnlyList<Webhook>> OfOperatorAsync(Tin tin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tin);
        return [.. (await database.ReadAsync(
            connection => connection.QueryAsync<WebhookRow>(new CommandDefinition(
                $"SELECT {WebhookRow.Columns} FROM webhooks w WHERE w.tin = @Tin ORDER BY w.id", new { Tin = tin.Value }, cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false)).Select(row => row.ToWebhook())];
    }

    /// <summary>Null where the operator has none with this id.</summary>
    public async Task<Webhook?> FindAsync(string id, Tin tin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tin);
        return (await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<WebhookRow>(new CommandDefinition(Find, new { id, Tin = tin.Value }, cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false))?.ToWebhook();
    }

    /// <summary>What was sent to one, newest first.</summary>
    /// <param name="webhookId">Of the operator that asks (<see cref="FindAsync(string, Tin, CancellationToken)"/>).</param>
    /// <param name="before">Id of the last one of the page before; null for the first page.</param>
    /// <param name="limit">At most <see cref="PageLimit.Most"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(string webhookId, string? before, int limit, CancellationToken cancellationToken) =>
        [.. (await database.ReadAsync(
            connection => connection.QueryAsync<DeliveryRow>(new CommandDefinition(
                """
                SELECT d.id AS Id, d.webhook_id AS WebhookId, n.kind AS Kind, d.attempts AS Attempts, d.attempted_at AS AttemptedAt,
                       d.answer AS Answer, d.delivered_at AS DeliveredAt, d.next_attempt_at AS NextAttemptAt
                FROM webhook_deliveries d LEFT JOIN notices n ON n.id = d.notice_id
                WHERE d.webhook_id = @webhookId AND d.id < @before ORDER BY d.id DESC LIMIT @limit
                """,
                new { webhookId, before = before ?? BeforeNothing, limit }, cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false)).Select(row => row.ToDelivery())];

    /// <summary>Inside an act; <paramref name="locked"/> has others that ask so wait for it.</summary>
    internal static async Task<Webhook?> FindAsync(WriteTransaction tx, string id, Tin tin, bool locked = false) =>
        (await tx.QuerySingleOrDefaultAsync<WebhookRow>(
            locked && tx.Dialect == SqlDialect.PostgreSql ? Find + " FOR UPDATE" : Find, new { id, Tin = tin.Value }).ConfigureAwait(false))?.ToWebhook();

    private const string Find = $"SELECT {WebhookRow.Columns} FROM webhooks w WHERE w.id = @id AND w.tin = @Tin";

    private sealed class DeliveryRow
    {
        public required string Id { get; init; }

        public required string WebhookId { get; init; }

        public string? Kind { get; init; }

        public int Attempts { get; init; }

        public long? AttemptedAt { get; init; }

        public int? Answer { get; init; }

        public long? DeliveredAt { get; init; }

        public long? NextAttemptAt { get; init; }

        public WebhookDelivery ToDelivery() => new(Id, WebhookId, Kind, Attempts, Time(AttemptedAt), Answer, Time(DeliveredAt), Time(NextAttemptAt));

        private static DateTimeOffset? Time(long? seconds) => seconds is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null;
    }
}
