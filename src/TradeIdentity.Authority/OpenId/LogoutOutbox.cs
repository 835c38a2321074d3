using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Messages to clients that a session ended (OpenID Connect Back-Channel Logout 1.0 §2.5), until they are delivered. A message is taken
/// by one instance at a time; one that is not reported as delivered comes up again, later each time, and at last no more.
/// </summary>
public sealed class LogoutOutbox(Database database, TimeProvider time)
{
    /// <summary>As in all outboxes.</summary>
    public const int MostAttempts = OutboxSchedule.MostAttempts;

    private const int MostAtOnce = 32;

    public async Task<List<LogoutMessage>> TakeDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        // Mostly nothing is due, and a look takes no turn of the one writer of SQLite.
        return await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "SELECT COUNT(*) FROM (SELECT 1 FROM logout_outbox WHERE next_attempt_at <= @now LIMIT 1) due", new { now }, cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false) == 0
            ? []
            : await database.WriteAsync(tx => TakeDueAsync(tx, now), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<LogoutMessage>> TakeDueAsync(WriteTransaction tx, long now)
    {
        // The outer condition is looked at again where another instance took the row meanwhile.
        var rows = await tx.QueryAsync<Row>(
            $"""
            UPDATE logout_outbox SET attempts = attempts + 1, next_attempt_at = @Now + {OutboxSchedule.Delay}
            WHERE next_attempt_at <= @Now AND id IN (
                SELECT id FROM logout_outbox WHERE next_attempt_at <= @Now ORDER BY next_attempt_at LIMIT @MostAtOnce)
            RETURNING id AS Id, sid AS Sid, client_id AS ClientId, account_id AS AccountId, attempts AS Attempts
            """,
            new { Now = now, OutboxSchedule.FirstDelaySeconds, MostAtOnce }).ConfigureAwait(false);
        return rows.ConvertAll(row => new LogoutMessage(row.Id, row.Sid, row.ClientId, row.AccountId, (int)row.Attempts));
    }

    /// <summary>Delivered, or given up.</summary>
    public Task RemoveAsync(LogoutMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return database.ExecuteAsync("DELETE FROM logout_outbox WHERE id = @Id", new { message.Id }, cancellationToken);
    }

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string Sid { get; init; }

        public required string ClientId { get; init; }

        public required string AccountId { get; init; }

        public long Attempts { get; init; }
    }
}

/// <summary>What a client is to be told.</summary>
/// <param name="Id">Names it in the outbox.</param>
/// <param name="Sid">The session that ended.</param>
/// <param name="ClientId">Whom to tell.</param>
/// <param name="AccountId">Whose session it was.</param>
/// <param name="Attempts">How often it was tried, this time included.</param>
public sealed record LogoutMessage(string Id, string Sid, string ClientId, string AccountId, int Attempts);
