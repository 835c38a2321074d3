using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>Notes in a session for which operator the person acts from now on; null for nobody.</summary>
public sealed class ChooseOperator(Database database, TimeProvider time)
{
    public async Task<Outcome<Session>> ExecuteAsync(Session session, Tin? tin, CancellationToken cancellationToken)
    {
        // The membership is looked at in the same statement: one that ends meanwhile leaves no choice behind.
        var chosen = await database.ExecuteAsync(
            $"""
            UPDATE account_sessions SET acting_for = @Tin
            WHERE sid = @Sid AND account_id = @AccountId AND ended_at IS NULL AND (@Nobody = 1 OR EXISTS (
                SELECT 1 FROM memberships m WHERE m.account_id = @AccountId AND m.tin = @Tin AND {Memberships.InForce}))
            """,
            new { session.Sid, session.AccountId, Tin = tin?.Value, Nobody = tin is null ? 1L : 0, Now = time.GetUtcNow().ToUnixTimeSeconds() }, cancellationToken);
        return chosen == 1
            ? session with { ActingFor = tin }
            : new Refusal("membership_unknown", "This person does not act for this operator.");
    }
}
