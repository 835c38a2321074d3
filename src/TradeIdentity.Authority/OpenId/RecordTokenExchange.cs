using System.Text.Json;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>Leaves in the audit trail that a client got a token in which it acts for someone (RFC 8693).</summary>
public sealed class RecordTokenExchange(Database database, TimeProvider time)
{
    /// <param name="clientId">Who acts.</param>
    /// <param name="subject">For whom: the id of an account or of a client.</param>
    /// <param name="scopes">What for.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task ExecuteAsync(string clientId, string subject, IReadOnlyList<string> scopes, CancellationToken cancellationToken) =>
        database.WriteAsync(async tx =>
        {
            var details = JsonSerializer.Serialize(new Dictionary<string, string> { ["scope"] = string.Join(' ', scopes) }, OpenIdJson.Default.DictionaryStringString);
            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), new AuditRecord(clientId, SecurityEvents.TokenExchanged, subject, details));
            return true;
        }, cancellationToken);
}
