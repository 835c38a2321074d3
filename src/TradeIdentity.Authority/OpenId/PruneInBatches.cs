using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Deletes much in little steps: each batch is an act of its own, and after it as long is left to others as it took, so that no
/// lock is held for long, and requests have at least half of the one writer of SQLite, however many rows have gathered.
/// </summary>
internal static class PruneInBatches
{
    // Some milliseconds of the one writer of SQLite.
    public const int BatchSize = 200;

    /// <param name="database">Where the rows are.</param>
    /// <param name="deleteBatch">Deletes at most <see cref="BatchSize"/> rows.</param>
    /// <param name="parameters">Of the statement, with <c>BatchSize</c>.</param>
    /// <param name="cancellationToken">Stops between batches; what is deleted stays deleted.</param>
    public static async Task<long> ExecuteAsync(Database database, string deleteBatch, object parameters, CancellationToken cancellationToken)
    {
        var total = 0L;
        int deleted;
        do
        {
            deleted = await database.ExecuteAsync(deleteBatch, parameters, cancellationToken);
            total += deleted;
        }
        while (deleted == BatchSize);

        return total;
    }
}
