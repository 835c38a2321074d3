using OpenIddict.Abstractions;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Authorizations, in the ledger's database.
/// The members that take an <see cref="IQueryable{T}"/> throw <see cref="NotSupportedException"/>: SQL is written by hand.
/// </summary>
public sealed partial class OpenIdAuthorizationStore(Database database, TimeProvider time) : IOpenIddictAuthorizationStore<OpenIdAuthorization>
{
    private const string Insert =
        """
        INSERT INTO openid_authorizations (id, application_id, creation_date, properties, scopes, status, subject, type, concurrency_token)
        VALUES (@Id, @ApplicationId, @CreationDate, @Properties, @Scopes, @Status, @Subject, @Type, @ConcurrencyToken)
        """;

    public ValueTask<OpenIdAuthorization> InstantiateAsync(CancellationToken cancellationToken) =>
        new(new OpenIdAuthorization { Id = EntityId.New(time) });

    public async ValueTask CreateAsync(OpenIdAuthorization authorization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        authorization.ConcurrencyToken = EntityId.NewConcurrencyToken();
        var parameters = Parameters(authorization, authorization.ConcurrencyToken);
        if (authorization is not { Type: OpenIddictConstants.AuthorizationTypes.Permanent, Subject: { } account })
        {
            // Of one sign-in: no consent.
            await database.ExecuteAsync(Insert, parameters, cancellationToken);
            return;
        }

        await database.WriteAsync(async tx =>
        {
            await tx.ExecuteAsync(Insert, parameters);
            var clientId = await tx.ScalarAsync<string>("SELECT client_id FROM openid_applications WHERE id = @ApplicationId", new { authorization.ApplicationId });
            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), AccountEvent.Of(SecurityEvents.ConsentGiven, account, account, new AccountEvent { Client = clientId }));
            return true;
        }, cancellationToken);
    }

    public async ValueTask UpdateAsync(OpenIdAuthorization authorization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        var next = EntityId.NewConcurrencyToken();
        EntityChange.ThrowIfLost(await database.ExecuteAsync(
            """
            UPDATE openid_authorizations SET application_id = @ApplicationId, creation_date = @CreationDate, properties = @Properties,
                scopes = @Scopes, status = @Status, subject = @Subject, type = @Type, concurrency_token = @NextConcurrencyToken
            WHERE id = @Id AND concurrency_token = @ConcurrencyToken
            """, Parameters(authorization, next), cancellationToken));
        authorization.ConcurrencyToken = next;
    }

    /// <summary>Deletes the authorization and, by the foreign key, its tokens.</summary>
    public async ValueTask DeleteAsync(OpenIdAuthorization authorization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        EntityChange.ThrowIfLost(await database.ExecuteAsync(
            "DELETE FROM openid_authorizations WHERE id = @Id AND concurrency_token = @ConcurrencyToken",
            new { authorization.Id, authorization.ConcurrencyToken }, cancellationToken));
    }

    /// <summary>
    /// Deletes authorizations made before <paramref name="threshold"/> that have ended, or were made for one sign-in whose
    /// tokens are gone: prune tokens first.
    /// </summary>
    public async ValueTask<long> PruneAsync(DateTimeOffset threshold, CancellationToken cancellationToken)
    {
        var madeBefore = threshold.ToUnixTimeSeconds();
        var ended = await PruneInBatches.ExecuteAsync(database,
            """
            DELETE FROM openid_authorizations WHERE id IN (
                SELECT id FROM openid_authorizations WHERE status <> 'valid' AND creation_date < @MadeBefore ORDER BY creation_date LIMIT @BatchSize)
            """, new { MadeBefore = madeBefore, PruneInBatches.BatchSize }, cancellationToken);
        var adHoc = await PruneInBatches.ExecuteAsync(database,
            """
            DELETE FROM openid_authorizations WHERE id IN (
                SELECT a.id FROM openid_authorizations a
                WHERE a.type = 'ad-hoc' AND a.creation_date < @MadeBefore AND NOT EXISTS (SELECT 1 FROM openid_tokens t WHERE t.authorization_id = a.id)
                ORDER BY a.creation_date LIMIT @BatchSize)
            """, new { MadeBefore = madeBefore, PruneInBatches.BatchSize }, cancellationToken);
        return ended + adHoc;
    }

    private static object Parameters(OpenIdAuthorization authorization, string nextConcurrencyToken) => new
    {
        authorization.Id,
        authorization.ApplicationId,
        CreationDate = authorization.CreationDate?.ToUnixTimeSeconds(),
        Properties = JsonColumn.Write(authorization.Properties),
        Scopes = JsonColumn.Write(authorization.Scopes),
        authorization.Status,
        authorization.Subject,
        authorization.Type,
        authorization.ConcurrencyToken,
        NextConcurrencyToken = nextConcurrencyToken,
    };
}
