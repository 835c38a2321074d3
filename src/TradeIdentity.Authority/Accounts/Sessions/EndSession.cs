using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>Ends one session of an account; the browser that holds it is signed out at its next request.</summary>
public sealed class EndSession(Database database, TimeProvider time, SessionEnd sessionEnd)
{
    /// <param name="accountId">Whose session it must be: an id of another account's session ends nothing.</param>
    /// <param name="sid">Which.</param>
    /// <param name="reason">One of <see cref="SessionEnd.Reasons"/>.</param>
    /// <param name="actor">Who ends it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>Whether it was open.</returns>
    public Task<bool> ExecuteAsync(string accountId, string sid, string reason, string actor, CancellationToken cancellationToken) => database.WriteAsync(async tx =>
    {
        // An empty id would mean all of them.
        var events = sid.Length == 0 ? [] : await sessionEnd.EndAsync(tx, accountId, reason, actor, only: sid);
        await AuditTrail.AppendAsync(tx, time.GetUtcNow(), events);
        return events.Count > 0;
    }, cancellationToken);
}
