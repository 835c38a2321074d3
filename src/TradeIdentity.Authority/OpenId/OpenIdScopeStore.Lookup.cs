using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

public sealed partial class OpenIdScopeStore
{
    private const string Select =
        """
        SELECT id AS Id, name AS Name, description AS Description, descriptions AS Descriptions, display_name AS DisplayName,
            display_names AS DisplayNames, properties AS Properties, resources AS Resources, concurrency_token AS ConcurrencyToken
        FROM openid_scopes

        """;

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        new(database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM openid_scopes", cancellationToken: cancellationToken)),
            cancellationToken));

    public ValueTask<OpenIdScope?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        FindAsync(Select + "WHERE id = @Key", identifier, cancellationToken);

    public ValueTask<OpenIdScope?> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        FindAsync(Select + "WHERE name = @Key", name, cancellationToken);

    public IAsyncEnumerable<OpenIdScope> FindByNamesAsync(ImmutableArray<string> names, CancellationToken cancellationToken) =>
        // Dapper expands a list to parameters on SQLite and hands PostgreSQL an array.
        QueryAsync(database.Dialect == SqlDialect.PostgreSql ? Select + "WHERE name = ANY(@Names) ORDER BY id" : Select + "WHERE name IN @Names ORDER BY id", new { Names = names.ToArray() }, null, cancellationToken);

    public IAsyncEnumerable<OpenIdScope> FindByResourceAsync(string resource, CancellationToken cancellationToken) =>
        QueryAsync(Select + "WHERE resources LIKE @Pattern ESCAPE '!' ORDER BY id", new { Pattern = JsonColumn.ArrayHolding(resource) },
            scope => scope.Resources.Contains(resource), cancellationToken);

    public IAsyncEnumerable<OpenIdScope> ListAsync(int? count, int? offset, CancellationToken cancellationToken) =>
        QueryAsync(Select + "ORDER BY id LIMIT @Count OFFSET @Offset", Page.Of(count, offset), null, cancellationToken);

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<OpenIdScope>, IQueryable<TResult>> query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TResult?> GetAsync<TState, TResult>(
        Func<IQueryable<OpenIdScope>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(
        Func<IQueryable<OpenIdScope>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private async ValueTask<OpenIdScope?> FindAsync(string sql, string key, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, new { Key = key }, cancellationToken: cancellationToken)),
            cancellationToken);
        return row?.ToEntity();
    }

    private async IAsyncEnumerable<OpenIdScope> QueryAsync(
        string sql, object parameters, Func<OpenIdScope, bool>? matches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)), cancellationToken);
        foreach (var scope in rows.Select(row => row.ToEntity()))
        {
            if (matches is null || matches(scope))
            {
                yield return scope;
            }
        }
    }

    private sealed record Row(
        string Id, string? Name, string? Description, string? Descriptions, string? DisplayName, string? DisplayNames, string? Properties,
        string? Resources, string ConcurrencyToken)
    {
        public OpenIdScope ToEntity() => new()
        {
            Id = Id,
            Name = Name,
            Description = Description,
            Descriptions = JsonColumn.ReadNames(Descriptions),
            DisplayName = DisplayName,
            DisplayNames = JsonColumn.ReadNames(DisplayNames),
            Properties = JsonColumn.ReadProperties(Properties),
            Resources = JsonColumn.ReadStrings(Resources),
            ConcurrencyToken = ConcurrencyToken,
        };
    }
}
