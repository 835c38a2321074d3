using TradeIdentity.Authority.Audit;

namespace TradeIdentity.Authority.Accounts;

// Written at once, by statements that count: of guesses that arrive together each is one, and none is lost to a concurrency token.
public sealed partial class AccountStore
{
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil);

    public async Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        var actor = Actor(user);
        await database.WriteAsync(async tx =>
        {
            await tx.ExecuteAsync("UPDATE accounts SET locked_until = @Until WHERE id = @Id", new { user.Id, Until = lockoutEnd?.ToUnixTimeSeconds() });
            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), AccountEvent.Of(lockoutEnd is null ? SecurityEvents.Unlocked : SecurityEvents.Locked, user.Id, actor));
            return true;
        }, cancellationToken);
        user.LockedUntil = lockoutEnd;
    }

    public async Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken)
    {
        var (now, actor) = (time.GetUtcNow(), Actor(user));
        var (failed, locked) = await database.WriteAsync(async tx =>
        {
            var failed = await tx.ScalarAsync<long>("UPDATE accounts SET failed_sign_ins = failed_sign_ins + 1 WHERE id = @Id RETURNING failed_sign_ins", new { user.Id });
            var events = new List<AuditRecord> { AccountEvent.Of(SecurityEvents.SignInFailed, user.Id, actor) };
            var locked = SignInBackoff.After(failed, now);
            if (locked is not null)
            {
                await tx.ExecuteAsync("UPDATE accounts SET locked_until = @Until WHERE id = @Id", new { user.Id, Until = locked.Value.ToUnixTimeSeconds() });
                events.Add(AccountEvent.Of(SecurityEvents.Locked, user.Id, actor));
            }

            await AuditTrail.AppendAsync(tx, now, events);
            return (failed, locked);
        }, cancellationToken);
        (user.FailedSignIns, user.LockedUntil) = ((int)failed, locked ?? user.LockedUntil);
        return user.FailedSignIns;
    }

    public async Task ResetAccessFailedCountAsync(Account user, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync("UPDATE accounts SET failed_sign_ins = 0, locked_until = NULL WHERE id = @Id", new { user.Id }, cancellationToken);
        (user.FailedSignIns, user.LockedUntil) = (0, null);
    }

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.FailedSignIns);

    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    // No account is exempt.
    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;
}
