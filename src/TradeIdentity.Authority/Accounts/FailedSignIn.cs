using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

/// <summary>
/// Records a failed sign-in. One to an account counts towards its lock; one to no account is recorded all the same, without
/// what was typed: both leave one entry, and take one write.
/// </summary>
public sealed class FailedSignIn(Database database, TimeProvider time, UserManager<Account> accounts)
{
    private const string Nobody = "unknown";

    public async Task RecordAsync(Account? account, CancellationToken cancellationToken)
    {
        // While it is locked a guess does not make the lock longer: it would be a stranger's to keep.
        if (account is not null && !await accounts.IsLockedOutAsync(account))
        {
            await accounts.AccessFailedAsync(account);
            return;
        }

        await database.WriteAsync(async tx =>
        {
            var id = account?.Id ?? Nobody;
            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), AccountEvent.Of(SecurityEvents.SignInFailed, id, id));
            return true;
        }, cancellationToken);
    }
}
