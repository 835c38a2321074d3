using System.Security.Cryptography;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>Opens a session for a person who has just signed in. Its id is new: whatever the browser held before opens nothing.</summary>
public sealed class StartSession(Database database, TimeProvider time, SessionEnd sessionEnd)
{
    /// <param name="account">Who signed in.</param>
    /// <param name="evidence">How.</param>
    /// <param name="userAgent">The header, as it came.</param>
    /// <param name="replaced">The session that this browser held until now, whose end is part of the act.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<Session> ExecuteAsync(Account account, SignInEvidence evidence, string? userAgent, Session? replaced, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var at = now.ToUnixTimeSeconds();
        var row = new SessionRow(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), account.Id, 1, at, at, at,
            string.Join(' ', evidence.Amr), evidence.Acr, null, ShortUserAgent.Of(userAgent), string.Join(' ', account.Roles));
        await database.WriteAsync(async tx =>
        {
            IReadOnlyList<AuditRecord> ended = replaced is null
                ? []
                : await sessionEnd.EndAsync(tx, replaced.AccountId, SessionEnd.Reasons.Replaced, account.Id, only: replaced.Sid);
            await tx.ExecuteAsync(
                """
                INSERT INTO account_sessions (sid, account_id, generation, created_at, last_seen_at, auth_time, amr, acr, user_agent)
                VALUES (@Sid, @AccountId, @Generation, @CreatedAt, @LastSeenAt, @AuthTime, @Amr, @Acr, @UserAgent)
                """, row);
            await tx.ExecuteAsync("UPDATE accounts SET failed_sign_ins = 0, locked_until = NULL WHERE id = @Id AND failed_sign_ins > 0", new { account.Id });
            await AuditTrail.AppendAsync(tx, now, [
                .. ended,
                AccountEvent.Of(SecurityEvents.SignedIn, account.Id, account.Id, new AccountEvent { Sid = row.Sid, Amr = evidence.Amr, Acr = evidence.Acr }),
            ]);
            return true;
        }, cancellationToken);
        return row.ToSession();
    }
}
