using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>
/// Renews the proof in a session: the person signed in again, or proved a second factor. The session keeps its id, which
/// relying parties know, and takes a new generation: a copy of the cookie from before does not rise with it.
/// </summary>
public sealed class StepUpSession(Database database, TimeProvider time)
{
    /// <summary>Null where the session is no longer open, or was stepped up from elsewhere meanwhile.</summary>
    public async Task<Session?> ExecuteAsync(Session session, SignInEvidence evidence, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (seenAfter, createdAfter) = SessionLifetime.OpenSince(now);
        var row = await database.WriteAsync(async tx =>
        {
            var changed = await tx.ExecuteAsync(
                """
                UPDATE account_sessions SET generation = generation + 1, auth_time = @Now, last_seen_at = @Now, amr = @Amr, acr = @Acr
                WHERE sid = @Sid AND generation = @Generation AND ended_at IS NULL
                """,
                new { session.Sid, session.Generation, Now = now.ToUnixTimeSeconds(), Amr = string.Join(' ', evidence.Amr), evidence.Acr });
            if (changed == 0)
            {
                return null;
            }

            await tx.ExecuteAsync("UPDATE accounts SET failed_sign_ins = 0, locked_until = NULL WHERE id = @Id AND failed_sign_ins > 0", new { Id = session.AccountId });
            var stepped = await tx.QuerySingleOrDefaultAsync<SessionRow>(
                SessionRow.SelectOpen + "AND s.sid = @Sid", new { session.Sid, SeenAfter = seenAfter, CreatedAfter = createdAfter });
            await AuditTrail.AppendAsync(tx, now, AccountEvent.Of(
                SecurityEvents.SignedInAgain, session.AccountId, session.AccountId, new AccountEvent { Sid = session.Sid, Amr = evidence.Amr, Acr = evidence.Acr }));
            return stepped;
        }, cancellationToken);
        return row?.ToSession();
    }
}
