using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>Answers which sessions are open.</summary>
public sealed class Sessions(Database database, TimeProvider time)
{
    /// <summary>The open session of this id, in one read; notes that it was seen, at most once a minute. Null where it ended, or a step-up came between.</summary>
    public async Task<Session?> FindAsync(string sid, long generation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (seenAfter, createdAfter) = SessionLifetime.OpenSince(now);
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<SessionRow>(new CommandDefinition(
                SessionRow.SelectOpen + "AND s.sid = @Sid AND s.generation = @Generation",
                new { Sid = sid, Generation = generation, SeenAfter = seenAfter, CreatedAfter = createdAfter }, cancellationToken: cancellationToken)),
            cancellationToken);
        if (row is not null && now.ToUnixTimeSeconds() - row.LastSeenAt >= SessionLifetime.SeenResolution.TotalSeconds)
        {
            // Other instances may see the same session at once: the first writes, and time never goes back.
            await database.ExecuteAsync(
                "UPDATE account_sessions SET last_seen_at = @Now WHERE sid = @Sid AND ended_at IS NULL AND last_seen_at = @LastSeenAt",
                new { Now = now.ToUnixTimeSeconds(), row.Sid, row.LastSeenAt }, cancellationToken);
        }

        return row?.ToSession();
    }

    /// <summary>The open sessions of an account, the one used last first.</summary>
    public async Task<IReadOnlyList<Session>> OfAccountAsync(string accountId, CancellationToken cancellationToken)
    {
        var (seenAfter, createdAfter) = SessionLifetime.OpenSince(time.GetUtcNow());
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<SessionRow>(new CommandDefinition(
                SessionRow.SelectOpen + "AND s.account_id = @AccountId ORDER BY s.last_seen_at DESC, s.sid",
                new { AccountId = accountId, SeenAfter = seenAfter, CreatedAfter = createdAfter }, cancellationToken: cancellationToken)),
            cancellationToken);
        return [.. rows.Select(row => row.ToSession())];
    }
}
