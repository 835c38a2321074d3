using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

/// <summary>Ends a person's right to act for an operator; sessions that were acting for it act for nobody from now on.</summary>
public sealed class EndMembership(Database database, TimeProvider time)
{
    public async Task<Outcome<DateTimeOffset>> ExecuteAsync(string accountId, Tin tin, string actor, CancellationToken cancellationToken) =>
        await database.WriteAsync(tx => EndAsync(tx, accountId, tin, actor), cancellationToken);

    /// <summary>Clients lose what they hold for the person too: what it says of the operator is no longer so.</summary>
    internal async Task<Outcome<DateTimeOffset>> EndAsync(WriteTransaction tx, string accountId, Tin tin, string actor)
    {
        var now = time.GetUtcNow();
        var ended = await tx.ExecuteAsync(
            "UPDATE memberships SET until = @Now WHERE account_id = @AccountId AND tin = @Tin AND until IS NULL",
            new { AccountId = accountId, Tin = tin.Value, Now = now.ToUnixTimeSeconds() });
        if (ended == 0)
        {
            return new Refusal("membership_unknown", "This person does not act for this operator.");
        }

        await tx.ExecuteAsync(
            "UPDATE account_sessions SET acting_for = NULL WHERE account_id = @AccountId AND acting_for = @Tin AND ended_at IS NULL",
            new { AccountId = accountId, Tin = tin.Value });
        await RevokeTokens.OfAccountAsync(tx, accountId);
        await AuditTrail.AppendAsync(tx, now, AccountEvent.Of(SecurityEvents.MembershipEnded, accountId, actor, new AccountEvent { Tin = tin.Value }));
        return now;
    }
}
