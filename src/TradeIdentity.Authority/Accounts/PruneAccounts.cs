using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

/// <summary>Ends sessions that grew too old, and deletes those that ended long ago, in batches that hold no lock for long.</summary>
public sealed class PruneAccounts(Database database, TimeProvider time, SessionEnd sessionEnd, RateLimits limits, RetentionOptions retention)
{
    /// <returns>How many rows were ended or deleted.</returns>
    public async Task<long> ExecuteAsync(CancellationToken cancellationToken)
    {
        var total = await limits.PruneAsync(cancellationToken);
        int expired;
        do
        {
            expired = await database.WriteAsync(ExpireAsync, cancellationToken);
            total += expired;
        }
        while (expired == PruneInBatches.BatchSize);

        return total + await PruneInBatches.ExecuteAsync(database,
            """
            DELETE FROM account_sessions WHERE sid IN (
                SELECT sid FROM account_sessions WHERE ended_at < @EndedBefore ORDER BY ended_at LIMIT @BatchSize)
            """, new { EndedBefore = time.GetUtcNow().AddDays(-retention.EndedSessionDays).ToUnixTimeSeconds(), PruneInBatches.BatchSize }, cancellationToken);
    }

    // One by one, for those who follow the ends: relying parties are told of this end as of any other. What is used to the
    // last hour of its life is unused an hour later, so one index finds all.
    private async Task<int> ExpireAsync(WriteTransaction tx)
    {
        var (seenAfter, _) = SessionLifetime.OpenSince(time.GetUtcNow());
        var old = await tx.QueryAsync<OldRow>(
            """
            SELECT sid AS Sid, account_id AS AccountId FROM account_sessions
            WHERE ended_at IS NULL AND last_seen_at <= @SeenAfter ORDER BY last_seen_at LIMIT @BatchSize
            """, new { SeenAfter = seenAfter, PruneInBatches.BatchSize });
        var events = new List<AuditRecord>(old.Count);
        foreach (var session in old)
        {
            events.AddRange(await sessionEnd.EndAsync(tx, session.AccountId, SessionEnd.Reasons.Expired, "system", only: session.Sid));
        }

        await AuditTrail.AppendAsync(tx, time.GetUtcNow(), events);
        return old.Count;
    }

    private sealed record OldRow(string Sid, string AccountId);
}
