using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Administration;

/// <summary>Shuts an account until it is unlocked: nobody signs in, by whatever means; its sessions and tokens end at once.</summary>
public sealed class LockAccount(Database database, TimeProvider time, SessionEnd sessionEnd)
{
    /// <returns>Refused with <c>account_unknown</c>. To lock a locked one changes nothing.</returns>
    public Task<Outcome<string>> ExecuteAsync(string accountId, string actor, CancellationToken cancellationToken) => database.WriteAsync<Outcome<string>>(async tx =>
    {
        var now = time.GetUtcNow();
        if (await tx.ExecuteAsync(
            "UPDATE accounts SET disabled_at = @Now, concurrency_token = @Next WHERE id = @Id AND disabled_at IS NULL",
            new { Id = accountId, Now = now.ToUnixTimeSeconds(), Next = EntityId.NewConcurrencyToken() }) == 0)
        {
            return await tx.ScalarAsync<string>("SELECT id FROM accounts WHERE id = @Id", new { Id = accountId }) is { } id ? id : Unknown;
        }

        var ended = await sessionEnd.EndAsync(tx, accountId, SessionEnd.Reasons.EndedByOfficer, actor);
        await RevokeTokens.OfAccountAsync(tx, accountId);
        await AuditTrail.AppendAsync(tx, now, [.. ended, AccountEvent.Of(SecurityEvents.AccountDisabled, accountId, actor)]);
        return accountId;
    }, cancellationToken);

    internal static Refusal Unknown { get; } = new("account_unknown", "There is no such account.");
}
