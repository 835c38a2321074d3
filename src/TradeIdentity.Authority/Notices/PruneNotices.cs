using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Notices;

/// <summary>Deletes notices whose time is past, in batches that hold no lock for long. What was decided stays in the history of its subject.</summary>
public sealed class PruneNotices(Database database, TimeProvider time, RetentionOptions retention)
{
    /// <returns>How many were deleted.</returns>
    public Task<long> ExecuteAsync(CancellationToken cancellationToken) => PruneInBatches.ExecuteAsync(
        database,
        "DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE id < @Before ORDER BY id LIMIT @BatchSize)",
        new { Before = TimeOrderedId.FirstOf(time.GetUtcNow().AddDays(-retention.NoticeDays)), PruneInBatches.BatchSize },
        cancellationToken);
}
