using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Administration;

/// <summary>Opens an account that was locked, by an administrator or by wrong guesses, and forgets the guesses.</summary>
public sealed class UnlockAccount(Database database, TimeProvider time)
{
    /// <returns>Refused with <c>account_unknown</c>. To unlock an open one changes nothing.</returns>
    public Task<Outcome<string>> ExecuteAsync(string accountId, string actor, CancellationToken cancellationToken) => database.WriteAsync<Outcome<string>>(async tx =>
    {
        var now = time.GetUtcNow();
        var before = await tx.QuerySingleOrDefaultAsync<LockRow>(
            "SELECT disabled_at AS DisabledAt, locked_until AS LockedUntil FROM accounts WHERE id = @Id AND erased_at IS NULL", new { Id = accountId });
        if (before is null)
        {
            return LockAccount.Unknown;
        }

        await tx.ExecuteAsync(
            "UPDATE accounts SET disabled_at = NULL, closed_at = NULL, failed_sign_ins = 0, locked_until = NULL, concurrency_token = @Next WHERE id = @Id",
            new { Id = accountId, Next = EntityId.NewConcurrencyToken() });
        var events = new List<AuditRecord>();
        if (before.DisabledAt is not null)
        {
            events.Add(AccountEvent.Of(SecurityEvents.AccountEnabled, accountId, actor));
        }

        if (before.LockedUntil > now.ToUnixTimeSeconds())
        {
            events.Add(AccountEvent.Of(SecurityEvents.Unlocked, accountId, actor));
        }

        await AuditTrail.AppendAsync(tx, now, events);
        return accountId;
    }, cancellationToken);

    private sealed record LockRow(long? DisabledAt, long? LockedUntil);
}
