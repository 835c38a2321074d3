using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Privacy;

/// <summary>A person closes their account: nobody signs in any more, sessions and tokens end at once, and what is stored is erased after some days.</summary>
public sealed class CloseAccount(Database database, TimeProvider time, SessionEnd sessionEnd)
{
    /// <returns>The account. Refused while law or duty keeps it, by the codes of <see cref="ErasurePolicy.Reasons"/>.</returns>
    public Task<Outcome<string>> ExecuteAsync(string accountId, CancellationToken cancellationToken) => database.WriteAsync<Outcome<string>>(
        async tx =>
        {
            var now = time.GetUtcNow();
            var parameters = new { accountId, Now = now.ToUnixTimeSeconds(), Next = EntityId.NewConcurrencyToken() };
            foreach (var (code, detail, condition) in ErasurePolicy.Reasons)
            {
                if (await tx.ScalarAsync<string>($"SELECT a.id FROM accounts a WHERE a.id = @accountId AND {condition}", parameters).ConfigureAwait(false) is not null)
                {
                    return new Refusal(code, detail);
                }
            }

            await tx.ExecuteAsync(
                "UPDATE accounts SET closed_at = @Now, disabled_at = COALESCE(disabled_at, @Now), concurrency_token = @Next WHERE id = @accountId AND closed_at IS NULL", parameters).ConfigureAwait(false);
            var ended = await sessionEnd.EndAsync(tx, accountId, SessionEnd.Reasons.EndedByOwner, accountId).ConfigureAwait(false);
            await RevokeTokens.OfAccountAsync(tx, accountId).ConfigureAwait(false);
            await AuditTrail.AppendAsync(tx, now, [.. ended, AccountEvent.Of(SecurityEvents.AccountClosed, accountId, accountId)]).ConfigureAwait(false);
            return accountId;
        },
        cancellationToken);
}
