using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Audit;

/// <summary>
/// Erases what the trail holds about a subject beyond that something was done: details and their salts. The entries stay
/// in the chain by their digests, which without the salt tell nothing, and the erasure is an entry of its own.
/// </summary>
public sealed class EraseAuditDetails(Database database, TimeProvider time)
{
    /// <returns>How many entries had details.</returns>
    public Task<int> ExecuteAsync(string subject, string actor, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async tx =>
            {
                var erased = await OfAsync(tx, subject).ConfigureAwait(false);
                if (erased > 0)
                {
                    await AuditTrail.AppendAsync(
                        tx, time.GetUtcNow(), new AuditRecord(actor, "audit-details-erased", subject, $$"""{"entries":{{erased}}}""")).ConfigureAwait(false);
                }

                return erased;
            },
            cancellationToken);

    /// <summary>Inside an act, which leaves an entry of its own.</summary>
    /// <returns>How many entries had details.</returns>
    internal static Task<int> OfAsync(WriteTransaction tx, string subject) =>
        tx.ExecuteAsync("UPDATE audit_entries SET details = NULL, salt = NULL WHERE subject = @subject AND details IS NOT NULL", new { subject });
}
