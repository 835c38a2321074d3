using OpenIddict.Abstractions;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Entries of tokens, in the ledger's database.
/// The members that take an <see cref="IQueryable{T}"/> throw <see cref="NotSupportedException"/>: SQL is written by hand.
/// </summary>
public sealed partial class OpenIdTokenStore(Database database, TimeProvider time) : IOpenIddictTokenStore<OpenIdToken>
{
    public ValueTask<OpenIdToken> InstantiateAsync(CancellationToken cancellationToken) => new(new OpenIdToken { Id = EntityId.New(time) });

    public async ValueTask CreateAsync(OpenIdToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        token.ConcurrencyToken = EntityId.NewConcurrencyToken();
        await database.ExecuteAsync(
            """
            INSERT INTO openid_tokens (id, application_id, authorization_id, creation_date, expiration_date, payload, properties,
                redemption_date, reference_id, status, subject, type, concurrency_token)
            VALUES (@Id, @ApplicationId, @AuthorizationId, @CreationDate, @ExpirationDate, @Payload, @Properties,
                @RedemptionDate, @ReferenceId, @Status, @Subject, @Type, @ConcurrencyToken)
            """, Parameters(token, token.ConcurrencyToken), cancellationToken);
    }

    public async ValueTask UpdateAsync(OpenIdToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        var next = EntityId.NewConcurrencyToken();
        EntityChange.ThrowIfLost(await database.ExecuteAsync(
            """
            UPDATE openid_tokens SET application_id = @ApplicationId, authorization_id = @AuthorizationId, creation_date = @CreationDate,
                expiration_date = @ExpirationDate, payload = @Payload, properties = @Properties, redemption_date = @RedemptionDate,
                reference_id = @ReferenceId, status = @Status, subject = @Subject, type = @Type, concurrency_token = @NextConcurrencyToken
            WHERE id = @Id AND concurrency_token = @ConcurrencyToken
            """, Parameters(token, next), cancellationToken));
        token.ConcurrencyToken = next;
    }

    public async ValueTask DeleteAsync(OpenIdToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        EntityChange.ThrowIfLost(await database.ExecuteAsync(
            "DELETE FROM openid_tokens WHERE id = @Id AND concurrency_token = @ConcurrencyToken", new { token.Id, token.ConcurrencyToken }, cancellationToken));
    }

    /// <summary>Deletes tokens made before <paramref name="threshold"/> that have expired, were used or revoked, or whose authorization has ended.</summary>
    public async ValueTask<long> PruneAsync(DateTimeOffset threshold, CancellationToken cancellationToken)
    {
        var parameters = new { MadeBefore = threshold.ToUnixTimeSeconds(), Now = time.GetUtcNow().ToUnixTimeSeconds(), PruneInBatches.BatchSize };
        var expired = await PruneInBatches.ExecuteAsync(database,
            """
            DELETE FROM openid_tokens WHERE id IN (
                SELECT id FROM openid_tokens WHERE expiration_date < @Now AND creation_date < @MadeBefore ORDER BY expiration_date LIMIT @BatchSize)
            """, parameters, cancellationToken);
        var ended = await PruneInBatches.ExecuteAsync(database,
            """
            DELETE FROM openid_tokens WHERE id IN (
                SELECT id FROM openid_tokens WHERE status NOT IN ('inactive', 'valid') AND creation_date < @MadeBefore ORDER BY creation_date LIMIT @BatchSize)
            """, parameters, cancellationToken);
        var unauthorised = await PruneInBatches.ExecuteAsync(database,
            """
            DELETE FROM openid_tokens WHERE id IN (
                SELECT t.id FROM openid_authorizations a JOIN openid_tokens t ON t.authorization_id = a.id
                WHERE a.status <> 'valid' AND t.creation_date < @MadeBefore LIMIT @BatchSize)
            """, parameters, cancellationToken);
        return expired + ended + unauthorised;
    }

    private static object Parameters(OpenIdToken token, string nextConcurrencyToken) => new
    {
        token.Id,
        token.ApplicationId,
        token.AuthorizationId,
        CreationDate = token.CreationDate?.ToUnixTimeSeconds(),
        ExpirationDate = token.ExpirationDate?.ToUnixTimeSeconds(),
        token.Payload,
        Properties = JsonColumn.Write(token.Properties),
        RedemptionDate = token.RedemptionDate?.ToUnixTimeSeconds(),
        token.ReferenceId,
        token.Status,
        token.Subject,
        token.Type,
        token.ConcurrencyToken,
        NextConcurrencyToken = nextConcurrencyToken,
    };
}
