using System.Text.Json;
using Dapper;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>
/// Messages to webhooks, stored in the transaction of the notice that they carry, until they are delivered. One is taken by one
/// instance at a time; what is not delivered comes up again, later each time, for about a day. Then the webhook is paused and its
/// operator told, and what it missed waits for the answer to another question.
/// </summary>
public sealed class WebhookOutbox(Database database, TimeProvider time)
{
    /// <summary>The last is a day after the first: about two hours in growing steps, and then each hour.</summary>
    public const int MostAttempts = 30;

    private const int MostAtOnce = 32;

    public async Task<IReadOnlyList<DueDelivery>> TakeDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        // Mostly nothing is due, and a look takes no turn of the one writer of SQLite.
        return await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "SELECT COUNT(*) FROM (SELECT 1 FROM webhook_deliveries WHERE next_attempt_at <= @now LIMIT 1) due", new { now }, cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false) == 0
            ? []
            : await database.WriteAsync(tx => TakeDueAsync(tx, now), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The receiver took it. Where it was the question, notices are sent there from now on, and what was missed meanwhile.</summary>
    /// <param name="delivery">That was taken up.</param>
    /// <param name="answer">The HTTP status.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task DeliveredAsync(DueDelivery delivery, int answer, CancellationToken cancellationToken) => database.WriteAsync(
        async tx =>
        {
            var parameters = new { delivery.Id, WebhookId = delivery.Webhook.Id, Answer = answer, Now = time.GetUtcNow().ToUnixTimeSeconds() };
            await tx.ExecuteAsync(
                "UPDATE webhook_deliveries SET delivered_at = @Now, attempted_at = @Now, answer = @Answer, next_attempt_at = NULL WHERE id = @Id", parameters).ConfigureAwait(false);
            if (delivery.Notice is null)
            {
                await tx.ExecuteAsync(
                    "UPDATE webhooks SET confirmed_at = COALESCE(confirmed_at, @Now), paused_at = NULL WHERE id = @WebhookId", parameters).ConfigureAwait(false);
                await tx.ExecuteAsync(
                    """
                    UPDATE webhook_deliveries SET next_attempt_at = @Now, attempts = 0
                    WHERE webhook_id = @WebhookId AND notice_id IS NOT NULL AND delivered_at IS NULL AND next_attempt_at IS NULL
                    """,
                    parameters).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);

    /// <summary>It was not taken: it comes up again, or, after the last attempt and where the receiver says that it is gone for good, no more.</summary>
    /// <param name="delivery">That was taken up.</param>
    /// <param name="answer">The HTTP status; 0 for none.</param>
    /// <param name="isGone">The receiver wants nothing any more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the webhook was paused with it.</returns>
    public Task<bool> FailedAsync(DueDelivery delivery, int answer, bool isGone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return database.WriteAsync(tx => FailedAsync(tx, delivery, answer, isGone || delivery.Attempts >= MostAttempts), cancellationToken);
    }

    /// <summary>Stores the question whether somebody is there, to be sent at once.</summary>
    internal static Task AskAsync(WriteTransaction tx, string webhookId, DateTimeOffset now) => tx.ExecuteAsync(
        "INSERT INTO webhook_deliveries (id, webhook_id, next_attempt_at) VALUES (@Id, @webhookId, @Now)",
        new { Id = TimeOrderedId.New(now), webhookId, Now = now.ToUnixTimeSeconds() });

    /// <summary>Stores the messages of one notice, in the transaction that stores it. One that is paused gets it when it answers again.</summary>
    internal static async Task AddAsync(WriteTransaction tx, string tin, string noticeId, DateTimeOffset now)
    {
        foreach (var webhook in await tx.QueryAsync<WebhookRow>(
            $"SELECT {WebhookRow.Columns} FROM webhooks w WHERE w.tin = @Tin AND w.confirmed_at IS NOT NULL", new { Tin = tin }).ConfigureAwait(false))
        {
            await tx.ExecuteAsync(
                "INSERT INTO webhook_deliveries (id, webhook_id, notice_id, next_attempt_at) VALUES (@Id, @WebhookId, @noticeId, @Next)",
                new { Id = TimeOrderedId.New(now), WebhookId = webhook.Id, noticeId, Next = webhook.PausedAt is null ? now.ToUnixTimeSeconds() : (long?)null }).ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<DueDelivery>> TakeDueAsync(WriteTransaction tx, long now)
    {
        // The outer condition is looked at again where another instance took the row meanwhile.
        var taken = await tx.QueryAsync<string>(
            $"""
            UPDATE webhook_deliveries SET attempts = attempts + 1, next_attempt_at = @Now + {OutboxSchedule.Delay}
            WHERE next_attempt_at <= @Now AND id IN (
                SELECT id FROM webhook_deliveries WHERE next_attempt_at <= @Now ORDER BY next_attempt_at LIMIT @MostAtOnce)
            RETURNING id
            """,
            new { Now = now, OutboxSchedule.FirstDelaySeconds, MostAtOnce }).ConfigureAwait(false);
        return [.. (await tx.QueryAsync<DueRow>(
            $"""
            SELECT {WebhookRow.Columns}, d.id AS DeliveryId, d.attempts AS Attempts, n.id AS NoticeId, n.kind AS Kind, n.about AS About, n.facts AS Facts, n.at AS At
            FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id LEFT JOIN notices n ON n.id = d.notice_id
            WHERE d.id IN {TextSet.In(tx.Dialect, "@Ids")} ORDER BY d.id
            """,
            new { Ids = TextSet.Of(taken) }).ConfigureAwait(false)).Select(row => row.ToDelivery())];
    }

    private async Task<bool> FailedAsync(WriteTransaction tx, DueDelivery delivery, int answer, bool isLast)
    {
        var now = time.GetUtcNow();
        var parameters = new { delivery.Id, WebhookId = delivery.Webhook.Id, Answer = answer, Now = now.ToUnixTimeSeconds() };
        await tx.ExecuteAsync(
            $"UPDATE webhook_deliveries SET attempted_at = @Now, answer = @Answer{(isLast ? ", next_attempt_at = NULL" : "")} WHERE id = @Id", parameters).ConfigureAwait(false);
        if (!isLast || await tx.ExecuteAsync(
            "UPDATE webhooks SET paused_at = @Now WHERE id = @WebhookId AND confirmed_at IS NOT NULL AND paused_at IS NULL", parameters).ConfigureAwait(false) == 0)
        {
            return false;
        }

        await tx.ExecuteAsync(
            "UPDATE webhook_deliveries SET next_attempt_at = NULL WHERE webhook_id = @WebhookId AND notice_id IS NOT NULL AND next_attempt_at IS NOT NULL", parameters).ConfigureAwait(false);
        await GiveNotice.ExecuteAsync(
            tx, [NoticeHolder.Of(delivery.Webhook.Tin)], "webhook-paused", delivery.Webhook.Id, [new("address", delivery.Webhook.Address)], now).ConfigureAwait(false);
        return true;
    }

    private sealed class DueRow : WebhookRow
    {
        public required string DeliveryId { get; init; }

        public int Attempts { get; init; }

        public string? NoticeId { get; init; }

        public string? Kind { get; init; }

        public string? About { get; init; }

        public string? Facts { get; init; }

        public long? At { get; init; }

        public DueDelivery ToDelivery() => new(
            DeliveryId,
            ToWebhook(),
            NoticeId is null ? null : new Notice(
                NoticeId, Kind!, About!, JsonSerializer.Deserialize(Facts!, NoticeJson.Default.NoticeFactArray)!, DateTimeOffset.FromUnixTimeSeconds(At!.Value), IsNew: false),
            Attempts);
    }
}
