using OpenIddict.Abstractions;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Leaves in the audit trail that a client failed to authenticate: from each instance one entry for each client in ten minutes, and
/// one for all that are not registered, so that a flood of guesses does not become one of entries.
/// </summary>
public sealed class RecordClientFailure(Database database, TimeProvider time, SharedCounts counts, IOpenIddictApplicationStore<OpenIdApplication> clients)
{
    private static readonly RateLimit Entries = new("client failure entries", 1, TimeSpan.FromMinutes(10)) { IsOfEachInstance = true };

    /// <param name="named">The client id that was given, and not proven; null where none was.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task ExecuteAsync(string? named, CancellationToken cancellationToken)
    {
        if (counts.Take(Entries, $"named {named}") > 0)
        {
            return;
        }

        var clientId = named is null ? null : (await clients.FindByClientIdAsync(named, cancellationToken))?.ClientId;
        if (clientId is null && counts.Take(Entries, "not registered") > 0)
        {
            return;
        }

        await database.WriteAsync(async tx =>
        {
            // A name that nobody registered is whatever someone typed: it stays out.
            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), new AuditRecord(
                clientId ?? "unknown", SecurityEvents.ClientAuthenticationFailed, clientId is null ? "client:unknown" : $"client:{clientId}", "{}"));
            return true;
        }, cancellationToken);
    }
}
