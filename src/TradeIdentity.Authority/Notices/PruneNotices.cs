using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Notices;

/// <summary>Deletes notices of more than three years ago, in batches that hold no lock for long. What was decided stays in the history of its subject.</summary>
public sealed class PruneNotices(Database database, TimeProvider time)
{
    // As long as a revocation bars an application.
    private const int YearsKept = 3;

    /// <returns>How many were deleted.</returns>
    public Task<long> ExecuteAsync(CancellationToken cancellationToken) => PruneInBatches.ExecuteAsync(
        database,
        "DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE id < @Before ORDER BY id LIMIT @BatchSize)",
        new { Before = TimeOrderedId.FirstOf(time.GetUtcNow().AddYears(-YearsKept)), PruneInBatches.BatchSize },
        cancellationToken);
}
