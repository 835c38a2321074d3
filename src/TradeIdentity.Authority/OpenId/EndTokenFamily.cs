using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Ends all tokens that came of one authorization, since one of them was shown twice: one of the two who hold it is a thief
/// (RFC 9700 §4.14.2, RFC 6749 §4.1.2). One audit entry, however often it is shown again.
/// </summary>
public sealed class EndTokenFamily(Database database, TimeProvider time)
{
    /// <param name="authorizationId">What the tokens have in common.</param>
    /// <param name="shown">What was shown twice, as the engine calls its type.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task ExecuteAsync(string authorizationId, string shown, CancellationToken cancellationToken) => database.WriteAsync(async tx =>
    {
        if (await RevokeTokens.OfFamilyAsync(tx, authorizationId) > 0
            && await FamilyRow.FindAsync(tx, authorizationId) is { AccountId: { } account } family)
        {
            // The engine's name of the type is a URN that ends so.
            var act = shown.EndsWith("authorization_code", StringComparison.Ordinal) ? SecurityEvents.CodeReplayed : SecurityEvents.RefreshTokenReused;
            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), AccountEvent.Of(act, account, family.ClientId ?? "unknown", new AccountEvent { Client = family.ClientId }));
        }

        return true;
    }, cancellationToken);

    private sealed record FamilyRow(string? AccountId, string? ClientId)
    {
        public static Task<FamilyRow?> FindAsync(WriteTransaction tx, string authorizationId) => tx.QuerySingleOrDefaultAsync<FamilyRow>(
            """
            SELECT a.subject AS AccountId, c.client_id AS ClientId
            FROM openid_authorizations a LEFT JOIN openid_applications c ON c.id = a.application_id WHERE a.id = @Id
            """, new { Id = authorizationId });
    }
}
