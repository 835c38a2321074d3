using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Dapper;

namespace TradeIdentity.Authority.OpenId;

public sealed partial class OpenIdAuthorizationStore
{
    private const string Select =
        """
        SELECT id AS Id, application_id AS ApplicationId, creation_date AS CreationDate, properties AS Properties, scopes AS Scopes,
            status AS Status, subject AS Subject, type AS Type, concurrency_token AS ConcurrencyToken
        FROM openid_authorizations

        """;

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        new(database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM openid_authorizations", cancellationToken: cancellationToken)),
            cancellationToken));

    public async ValueTask<OpenIdAuthorization?> FindByIdAsync(string identifier, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<OpenIdAuthorizationRow>(
                new CommandDefinition(Select + "WHERE id = @Id", new { Id = identifier }, cancellationToken: cancellationToken)),
            cancellationToken);
        return row?.ToEntity();
    }

    public IAsyncEnumerable<OpenIdAuthorization> FindAsync(
        string? subject, string? client, string? status, string? type, ImmutableArray<string>? scopes, CancellationToken cancellationToken)
    {
        var filter = new EntityFilter(subject, client, status, type);
        return QueryAsync(
            filter.Choose(Select + EntityFilter.OfSubject, Select + EntityFilter.OfClient, Select + EntityFilter.OfAll),
            filter,
            authorization => scopes is not { } asked || asked.All(authorization.Scopes.Contains),
            cancellationToken);
    }

    public IAsyncEnumerable<OpenIdAuthorization> FindByApplicationIdAsync(string identifier, CancellationToken cancellationToken) =>
        QueryAsync(Select + "WHERE application_id = @Id", new { Id = identifier }, null, cancellationToken);

    public IAsyncEnumerable<OpenIdAuthorization> FindBySubjectAsync(string subject, CancellationToken cancellationToken) =>
        QueryAsync(Select + "WHERE subject = @Subject", new { Subject = subject }, null, cancellationToken);

    public IAsyncEnumerable<OpenIdAuthorization> ListAsync(int? count, int? offset, CancellationToken cancellationToken) =>
        QueryAsync(Select + "ORDER BY id LIMIT @Count OFFSET @Offset", Page.Of(count, offset), null, cancellationToken);

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<OpenIdAuthorization>, IQueryable<TResult>> query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TResult?> GetAsync<TState, TResult>(
        Func<IQueryable<OpenIdAuthorization>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(
        Func<IQueryable<OpenIdAuthorization>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private async IAsyncEnumerable<OpenIdAuthorization> QueryAsync(
        string sql, object parameters, Func<OpenIdAuthorization, bool>? matches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<OpenIdAuthorizationRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)), cancellationToken);
        foreach (var authorization in rows.Select(row => row.ToEntity()))
        {
            if (matches is null || matches(authorization))
            {
                yield return authorization;
            }
        }
    }
}
