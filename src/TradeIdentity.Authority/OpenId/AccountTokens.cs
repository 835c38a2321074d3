using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>What clients hold of an account at present: refresh tokens, which go on while the person is away, and access tokens.</summary>
public sealed class AccountTokens(Database database, TimeProvider time)
{
    private const int Most = 200;

    /// <summary>The newest first, 200 at most; what they say, never what they are.</summary>
    public async Task<IReadOnlyList<HeldToken>> ListAsync(string accountId, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(new CommandDefinition(
                """
                SELECT t.id AS Id, c.client_id AS ClientId, c.display_name AS ClientName, t.type AS Type, a.scopes AS Scopes,
                    t.creation_date AS CreatedAt, t.expiration_date AS ExpiresAt
                FROM openid_tokens t
                JOIN openid_applications c ON c.id = t.application_id
                LEFT JOIN openid_authorizations a ON a.id = t.authorization_id
                WHERE t.subject = @AccountId AND t.status = 'valid' AND t.expiration_date > @Now
                    AND (t.type LIKE '%:refresh_token' OR t.type LIKE '%:access_token')
                ORDER BY t.creation_date DESC, t.id DESC LIMIT @Most
                """,
                new { AccountId = accountId, Now = time.GetUtcNow().ToUnixTimeSeconds(), Most }, cancellationToken: cancellationToken)),
            cancellationToken);
        return [.. rows.Select(row => row.ToToken())];
    }

    /// <summary>Ends a token and all that came of the same sign-in, at once.</summary>
    /// <returns>Whether the account has such a token.</returns>
    public Task<bool> EndAsync(string accountId, string id, string actor, CancellationToken cancellationToken) => database.WriteAsync(async tx =>
    {
        var token = await tx.QuerySingleOrDefaultAsync<EndedRow>(
            """
            SELECT c.client_id AS ClientId, t.authorization_id AS AuthorizationId
            FROM openid_tokens t JOIN openid_applications c ON c.id = t.application_id
            WHERE t.id = @Id AND t.subject = @AccountId AND t.status = 'valid'
            """, new { Id = id, AccountId = accountId });
        if (token is null)
        {
            return false;
        }

        await (token.AuthorizationId is { } family ? RevokeTokens.OfFamilyAsync(tx, family) : RevokeTokens.OneAsync(tx, id));
        await AuditTrail.AppendAsync(tx, time.GetUtcNow(), AccountEvent.Of(SecurityEvents.TokensEnded, accountId, actor, new AccountEvent { Client = token.ClientId }));
        return true;
    }, cancellationToken);

    private sealed record EndedRow(string ClientId, string? AuthorizationId);

    private sealed record Row(string Id, string ClientId, string? ClientName, string Type, string? Scopes, long CreatedAt, long ExpiresAt)
    {
        public HeldToken ToToken() => new(
            Id, ClientId, ClientName, Type.EndsWith(":refresh_token", StringComparison.Ordinal), JsonColumn.ReadStrings(Scopes),
            DateTimeOffset.FromUnixTimeSeconds(CreatedAt), DateTimeOffset.FromUnixTimeSeconds(ExpiresAt));
    }
}

/// <summary>A token that a client holds.</summary>
/// <param name="Id">Names it for ending.</param>
/// <param name="ClientId">The client.</param>
/// <param name="ClientName">As the client is registered; null where it has no name.</param>
/// <param name="IsRefresh">It gets new access tokens while the person is away.</param>
/// <param name="Scopes">What was allowed at the sign-in that it came of.</param>
/// <param name="IssuedAt">Since when.</param>
/// <param name="ExpiresAt">Until when, if nobody ends it.</param>
public sealed record HeldToken(
    string Id, string ClientId, string? ClientName, bool IsRefresh, IReadOnlyList<string> Scopes, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
