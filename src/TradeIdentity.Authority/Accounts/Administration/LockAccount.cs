using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Administration;

/// <summary>Shuts an account until it is unlocked: nobody signs in, by whatever means; its sessions and tokens end at once.</summary>
public sealed class LockAccount(Database database, TimeProvider time, SessionEnd sessionEnd)
{
    /// <returns>
    /// Refused with <c>account_unknown</c>, or <c>last_administrator</c>: nobody would be left who can unlock. To lock a locked one changes nothing.
    /// </returns>
    public Task<Outcome<string>> ExecuteAsync(string accountId, string actor, CancellationToken cancellationToken) => database.WriteAsync<Outcome<string>>(async tx =>
    {
        var now = time.GetUtcNow();
        if (await AdministratorsAsync(tx) is [var last] && last == accountId)
        {
            return new Refusal("last_administrator", "This is the last administrator who can sign in: nobody would be left to unlock accounts.");
        }

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

    // Of two who lock each other at once, one waits and then is the last. Roles are words with spaces between them.
    private static Task<List<string>> AdministratorsAsync(WriteTransaction tx) => tx.QueryAsync<string>(
        "SELECT id FROM accounts WHERE disabled_at IS NULL AND ' ' || roles || ' ' LIKE @Role ORDER BY id" + (tx.Dialect == SqlDialect.PostgreSql ? " FOR UPDATE" : ""),
        new { Role = $"% {AccountRoles.Administrator} %" });

    internal static Refusal Unknown { get; } = new("account_unknown", "There is no such account.");
}
