using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>Ends what a person allowed a client, and every token that the client holds of the person.</summary>
public sealed class WithdrawConsent(Database database, TimeProvider time)
{
    /// <param name="accountId">Whose consent it must be: an id of another's ends nothing.</param>
    /// <param name="id">The consent. All that the person allowed the same client, for whichever entity, ends with it.</param>
    /// <param name="actor">Who withdraws it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> ExecuteAsync(string accountId, string id, string actor, CancellationToken cancellationToken) => database.WriteAsync(async tx =>
    {
        var consent = await tx.QuerySingleOrDefaultAsync<ConsentRow>(
            """
            SELECT a.application_id AS ApplicationId, c.client_id AS ClientId
            FROM openid_authorizations a JOIN openid_applications c ON c.id = a.application_id
            WHERE a.id = @Id AND a.subject = @AccountId AND a.type = 'permanent' AND a.status = 'valid'
            """, new { Id = id, AccountId = accountId });
        if (consent is null)
        {
            return false;
        }

        await tx.ExecuteAsync(
            """
            UPDATE openid_authorizations SET status = 'revoked', concurrency_token = @NextConcurrencyToken
            WHERE subject = @AccountId AND application_id = @ApplicationId AND status = 'valid'
            """, new { AccountId = accountId, consent.ApplicationId, NextConcurrencyToken = EntityId.NewConcurrencyToken() });
        await RevokeTokens.OfAccountAtClientAsync(tx, accountId, consent.ApplicationId);
        await AuditTrail.AppendAsync(tx, time.GetUtcNow(), AccountEvent.Of(SecurityEvents.ConsentWithdrawn, accountId, actor, new AccountEvent { Client = consent.ClientId }));
        return true;
    }, cancellationToken);

    private sealed record ConsentRow(string ApplicationId, string ClientId);
}
