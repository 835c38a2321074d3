using OpenIddict.Abstractions;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Ends the code or token that was presented and stores the entries of what is issued for it, all or nothing: of parallel uses
/// exactly one issues (RFC 9700 §4.14.2), and it costs one round trip to the database.
/// </summary>
public sealed class SettleTokens(Database database, TimeProvider time)
{
    // Issued only where nothing was presented, or where it is this act that ended it.
    private const string Insert =
        """
        INSERT INTO openid_tokens (id, application_id, authorization_id, creation_date, expiration_date, status, subject, type, concurrency_token)
        SELECT @Id, @ApplicationId, @AuthorizationId, @CreationDate, @ExpirationDate, @Status, @Subject, @Type, @ConcurrencyToken
        WHERE @PresentedId IS NULL OR EXISTS (SELECT 1 FROM openid_tokens WHERE id = @PresentedId AND concurrency_token = @PresentedNext)
        """;

    /// <summary>A new entry, for <see cref="ExecuteAsync"/> to store.</summary>
    public OpenIdToken NewEntry() => new() { Id = EntityId.New(time), ConcurrencyToken = EntityId.NewConcurrencyToken() };

    /// <param name="presented">What is used up, as it was read; null where nothing is.</param>
    /// <param name="issued">Entries without payload, properties or reference: whoever presents one of these tokens brings the whole of it.</param>
    /// <param name="cancellationToken">Cancels the wait; it may have been done.</param>
    /// <returns>False when it was used, revoked or changed since it was read: then nothing is stored.</returns>
    public async Task<bool> ExecuteAsync(OpenIdToken? presented, IReadOnlyList<OpenIdToken> issued, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(issued);
        List<Statement> statements = [];
        var next = EntityId.NewConcurrencyToken();
        if (presented is not null)
        {
            statements.Add(new(
                """
                UPDATE openid_tokens SET status = 'redeemed', redemption_date = @Now, concurrency_token = @Next
                WHERE id = @Id AND concurrency_token = @ConcurrencyToken AND status = 'valid'
                """,
                new { presented.Id, presented.ConcurrencyToken, Now = time.GetUtcNow().ToUnixTimeSeconds(), Next = next }));
        }

        statements.AddRange(issued.Select(token => new Statement(Insert, new
        {
            token.Id,
            token.ApplicationId,
            token.AuthorizationId,
            CreationDate = token.CreationDate?.ToUnixTimeSeconds(),
            ExpirationDate = token.ExpirationDate?.ToUnixTimeSeconds(),
            Status = token.Status ?? OpenIddictConstants.Statuses.Valid,
            token.Subject,
            token.Type,
            token.ConcurrencyToken,
            PresentedId = presented?.Id,
            PresentedNext = next,
        })));
        return statements.Count == 0 || await database.ExecuteAsync(statements, cancellationToken) == statements.Count;
    }
}
