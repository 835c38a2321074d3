using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Webhooks;

/// <summary>Deletes what was sent to webhooks, or missed by them, more than 90 days ago, in batches that hold no lock for long.</summary>
public sealed class PruneWebhookDeliveries(Database database, TimeProvider time)
{
    /// <summary>So long a receiver can be away and miss nothing.</summary>
    public const int DaysKept = 90;

    /// <returns>How many were deleted.</returns>
    public Task<long> ExecuteAsync(CancellationToken cancellationToken) => PruneInBatches.ExecuteAsync(
        database,
        "DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE id < @Before ORDER BY id LIMIT @BatchSize)",
        new { Before = TimeOrderedId.FirstOf(time.GetUtcNow().AddDays(-DaysKept)), PruneInBatches.BatchSize },
        cancellationToken);
}
