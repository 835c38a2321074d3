using System.Runtime.CompilerServices;
using Dapper;

namespace TradeIdentity.Authority.OpenId;

public sealed partial class OpenIdTokenStore
{
    private const string Select =
        """
        SELECT id AS Id, application_id AS ApplicationId, authorization_id AS AuthorizationId, creation_date AS CreationDate,
            expiration_date AS ExpirationDate, payload AS Payload, properties AS Properties, redemption_date AS RedemptionDate,
            reference_id AS ReferenceId, status AS Status, subject AS Subject, type AS Type, concurrency_token AS ConcurrencyToken
        FROM openid_tokens

        """;

    // Whoever presents a token is asked for its authorization next: one look serves both.
    private const string SelectWithAuthorization =
        """
        SELECT t.id AS Id, t.application_id AS ApplicationId, t.authorization_id AS AuthorizationId, t.creation_date AS CreationDate,
            t.expiration_date AS ExpirationDate, t.payload AS Payload, t.properties AS Properties, t.redemption_date AS RedemptionDate,
            t.reference_id AS ReferenceId, t.status AS Status, t.subject AS Subject, t.type AS Type, t.concurrency_token AS ConcurrencyToken,
            a.id AS Id, a.application_id AS ApplicationId, a.creation_date AS CreationDate, a.properties AS Properties, a.scopes AS Scopes,
            a.status AS Status, a.subject AS Subject, a.type AS Type, a.concurrency_token AS ConcurrencyToken
        FROM openid_tokens t LEFT JOIN openid_authorizations a ON a.id = t.authorization_id

        """;

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        new(database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM openid_tokens", cancellationToken: cancellationToken)),
            cancellationToken));

    public ValueTask<OpenIdToken?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        FindAsync(SelectWithAuthorization + "WHERE t.id = @Key", identifier, cancellationToken);

    public ValueTask<OpenIdToken?> FindByReferenceIdAsync(string identifier, CancellationToken cancellationToken) =>
        FindAsync(SelectWithAuthorization + "WHERE t.reference_id = @Key", identifier, cancellationToken);

    public IAsyncEnumerable<OpenIdToken> FindAsync(string? subject, string? client, string? status, string? type, CancellationToken cancellationToken)
    {
        var filter = new EntityFilter(subject, client, status, type);
        return QueryAsync(
            filter.Choose(Select + EntityFilter.OfSubject, Select + EntityFilter.OfClient, Select + EntityFilter.OfAll), filter, cancellationToken);
    }

    public IAsyncEnumerable<OpenIdToken> FindByApplicationIdAsync(string identifier, CancellationToken cancellationToken) =>
        QueryAsync(Select + "WHERE application_id = @Id", new { Id = identifier }, cancellationToken);

    public IAsyncEnumerable<OpenIdToken> FindByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken) =>
        QueryAsync(Select + "WHERE authorization_id = @Id", new { Id = identifier }, cancellationToken);

    public IAsyncEnumerable<OpenIdToken> FindBySubjectAsync(string subject, CancellationToken cancellationToken) =>
        QueryAsync(Select + "WHERE subject = @Subject", new { Subject = subject }, cancellationToken);

    public IAsyncEnumerable<OpenIdToken> ListAsync(int? count, int? offset, CancellationToken cancellationToken) =>
        QueryAsync(Select + "ORDER BY id LIMIT @Count OFFSET @Offset", Page.Of(count, offset), cancellationToken);

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<OpenIdToken>, IQueryable<TResult>> query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TResult?> GetAsync<TState, TResult>(
        Func<IQueryable<OpenIdToken>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(
        Func<IQueryable<OpenIdToken>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private async ValueTask<OpenIdToken?> FindAsync(string sql, string key, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            connection => connection.QueryAsync<Row, OpenIdAuthorizationRow?, OpenIdToken>(
                new CommandDefinition(sql, new { Key = key }, cancellationToken: cancellationToken),
                (token, authorization) => token.ToEntity(authorization)),
            cancellationToken);
        return found.SingleOrDefault();
    }

    private async IAsyncEnumerable<OpenIdToken> QueryAsync(string sql, object parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)), cancellationToken);
        foreach (var row in rows)
        {
            yield return row.ToEntity();
        }
    }

    private sealed record Row(
        string Id, string? ApplicationId, string? AuthorizationId, long? CreationDate, long? ExpirationDate, string? Payload, string? Properties,
        long? RedemptionDate, string? ReferenceId, string? Status, string? Subject, string? Type, string ConcurrencyToken)
    {
        public OpenIdToken ToEntity(OpenIdAuthorizationRow? authorization = null) => new()
        {
            Id = Id,
            ApplicationId = ApplicationId,
            AuthorizationId = AuthorizationId,
            CreationDate = Time(CreationDate),
            ExpirationDate = Time(ExpirationDate),
            Payload = Payload,
            Properties = JsonColumn.ReadProperties(Properties),
            RedemptionDate = Time(RedemptionDate),
            ReferenceId = ReferenceId,
            Status = Status,
            Subject = Subject,
            Type = Type,
            ConcurrencyToken = ConcurrencyToken,
            Authorization = authorization?.ToEntity(),
        };

        private static DateTimeOffset? Time(long? seconds) => seconds is { } value ? DateTimeOffset.FromUnixTimeSeconds(value) : null;
    }
}
