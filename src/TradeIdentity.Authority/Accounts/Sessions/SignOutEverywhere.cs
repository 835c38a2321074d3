using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>Ends all sessions of an account and revokes all tokens that clients hold for it, at once.</summary>
public sealed class SignOutEverywhere(Database database, TimeProvider time, SessionEnd sessionEnd)
{
    /// <returns>How many sessions were open.</returns>
    public Task<int> ExecuteAsync(string accountId, string actor, CancellationToken cancellationToken) => database.WriteAsync(async tx =>
    {
        var reason = accountId == actor ? SessionEnd.Reasons.EndedByOwner : SessionEnd.Reasons.EndedByOfficer;
        var ended = await sessionEnd.EndAsync(tx, accountId, reason, actor);
        await RevokeTokens.OfAccountAsync(tx, accountId);
        await AuditTrail.AppendAsync(tx, time.GetUtcNow(), [.. ended, AccountEvent.Of(SecurityEvents.SignedOutEverywhere, accountId, actor)]);
        return ended.Count;
    }, cancellationToken);
}
