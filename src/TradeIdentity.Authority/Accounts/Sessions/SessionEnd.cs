using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>Ends sessions inside an act's transaction, and tells those who listen, in the same.</summary>
public sealed class SessionEnd(TimeProvider time, IEnumerable<IFollowSessionEnds> followers)
{
    /// <summary>Why a session ended, as the row and the audit trail say it.</summary>
    public static class Reasons
    {
        public const string SignedOut = "signed-out";
        public const string EndedByOwner = "ended-by-owner";
        public const string EndedByOfficer = "ended-by-officer";
        public const string Replaced = "replaced";
        public const string CredentialsChanged = "credentials-changed";
        public const string AccountDeleted = SecurityEvents.AccountDeleted;
        public const string Expired = "expired";
    }

    /// <summary>Ends those that are open: all of the account, or <paramref name="only"/> one, or all but one (<paramref name="except"/>).</summary>
    /// <returns>What the act appends to the audit trail.</returns>
    public async Task<IReadOnlyList<AuditRecord>> EndAsync(
        WriteTransaction tx, string accountId, string reason, string actor, string? only = null, string? except = null)
    {
        var ended = await tx.QueryAsync<string>(
            """
            UPDATE account_sessions SET ended_at = @Now, end_reason = @Reason
            WHERE account_id = @AccountId AND ended_at IS NULL AND sid <> @Except AND (@Only = '' OR sid = @Only)
            RETURNING sid
            """,
            new { Now = time.GetUtcNow().ToUnixTimeSeconds(), Reason = reason, AccountId = accountId, Except = except ?? "", Only = only ?? "" });
        if (ended.Count > 0)
        {
            foreach (var follower in followers)
            {
                await follower.OnEndedAsync(tx, accountId, ended);
            }
        }

        return [.. ended.Select(sid => AccountEvent.Of(SecurityEvents.SessionEnded, accountId, actor, new AccountEvent { Sid = sid, Reason = reason }))];
    }
}
