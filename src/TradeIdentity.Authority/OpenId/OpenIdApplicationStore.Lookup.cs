using System.Runtime.CompilerServices;
using Dapper;

namespace TradeIdentity.Authority.OpenId;

public sealed partial class OpenIdApplicationStore
{
    private const string Select =
        """
        SELECT id AS Id, client_id AS ClientId, client_secret AS ClientSecret, client_type AS ClientType,
            application_type AS ApplicationType, consent_type AS ConsentType, display_name AS DisplayName,
            display_names AS DisplayNames, json_web_key_set AS JsonWebKeySet, permissions AS Permissions,
            post_logout_redirect_uris AS PostLogoutRedirectUris, properties AS Properties, redirect_uris AS RedirectUris,
            requirements AS Requirements, settings AS Settings, concurrency_token AS ConcurrencyToken
        FROM openid_applications

        """;

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        new(database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM openid_applications", cancellationToken: cancellationToken)),
            cancellationToken));

    public ValueTask<OpenIdApplication?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        FindAsync(Select + "WHERE id = @Key", identifier, cancellationToken);

    public async ValueTask<OpenIdApplication?> FindByClientIdAsync(string identifier, CancellationToken cancellationToken)
    {
        if (_recent.Find(identifier) is { } recent)
        {
            return recent;
        }

        // PostgreSQL takes no text with one; nobody is registered so.
        if (identifier.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var (readAt, changes) = (time.GetTimestamp(), _recent.Changes);
        var found = await FindAsync(Select + "WHERE client_id = @Key", identifier, cancellationToken);
        if (found is not null)
        {
            _recent.Keep(found, readAt, changes);
        }

        return found;
    }

    public IAsyncEnumerable<OpenIdApplication> FindByRedirectUriAsync(string uri, CancellationToken cancellationToken) =>
        QueryAsync(Select + "WHERE redirect_uris LIKE @Pattern ESCAPE '!' ORDER BY id", new { Pattern = JsonColumn.ArrayHolding(uri) },
            application => application.RedirectUris.Contains(uri), cancellationToken);

    public IAsyncEnumerable<OpenIdApplication> FindByPostLogoutRedirectUriAsync(string uri, CancellationToken cancellationToken) =>
        QueryAsync(Select + "WHERE post_logout_redirect_uris LIKE @Pattern ESCAPE '!' ORDER BY id", new { Pattern = JsonColumn.ArrayHolding(uri) },
            application => application.PostLogoutRedirectUris.Contains(uri), cancellationToken);

    public IAsyncEnumerable<OpenIdApplication> ListAsync(int? count, int? offset, CancellationToken cancellationToken) =>
        QueryAsync(Select + "ORDER BY id LIMIT @Count OFFSET @Offset", Page.Of(count, offset), null, cancellationToken);

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<OpenIdApplication>, IQueryable<TResult>> query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TResult?> GetAsync<TState, TResult>(
        Func<IQueryable<OpenIdApplication>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(
        Func<IQueryable<OpenIdApplication>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private async ValueTask<OpenIdApplication?> FindAsync(string sql, string key, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, new { Key = key }, cancellationToken: cancellationToken)),
            cancellationToken);
        return row?.ToEntity();
    }

    private async IAsyncEnumerable<OpenIdApplication> QueryAsync(
        string sql, object parameters, Func<OpenIdApplication, bool>? matches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)), cancellationToken);
        foreach (var application in rows.Select(row => row.ToEntity()))
        {
            if (matches is null || matches(application))
            {
                yield return application;
            }
        }
    }

    private sealed record Row(
        string Id, string? ClientId, string? ClientSecret, string? ClientType, string? ApplicationType, string? ConsentType, string? DisplayName,
        string? DisplayNames, string? JsonWebKeySet, string? Permissions, string? PostLogoutRedirectUris, string? Properties, string? RedirectUris,
        string? Requirements, string? Settings, string ConcurrencyToken)
    {
        public OpenIdApplication ToEntity() => new()
        {
            Id = Id,
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            ClientType = ClientType,
            ApplicationType = ApplicationType,
            ConsentType = ConsentType,
            DisplayName = DisplayName,
            DisplayNames = JsonColumn.ReadNames(DisplayNames),
            JsonWebKeySet = JsonWebKeySet,
            Permissions = JsonColumn.ReadStrings(Permissions),
            PostLogoutRedirectUris = JsonColumn.ReadStrings(PostLogoutRedirectUris),
            Properties = JsonColumn.ReadProperties(Properties),
            RedirectUris = JsonColumn.ReadStrings(RedirectUris),
            Requirements = JsonColumn.ReadStrings(Requirements),
            Settings = JsonColumn.ReadMap(Settings),
            ConcurrencyToken = ConcurrencyToken,
        };
    }
}
