using System.Text.Json;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Clients, in the ledger's database. Every change to a client is audited in the transaction that makes it, whoever asks.
/// The members that take an <see cref="IQueryable{T}"/> throw <see cref="NotSupportedException"/>: SQL is written by hand.
/// </summary>
public sealed partial class OpenIdApplicationStore(Database database, TimeProvider time) : IOpenIddictApplicationStore<OpenIdApplication>
{
    private readonly RecentClients _recent = new(time);

    public ValueTask<OpenIdApplication> InstantiateAsync(CancellationToken cancellationToken) =>
        new(new OpenIdApplication { Id = EntityId.New(time) });

    public async ValueTask CreateAsync(OpenIdApplication application, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(application);
        application.ConcurrencyToken = EntityId.NewConcurrencyToken();
        await database.WriteAsync(async tx =>
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO openid_applications (id, client_id, client_secret, client_type, application_type, consent_type, display_name,
                    display_names, json_web_key_set, permissions, post_logout_redirect_uris, properties, redirect_uris, requirements,
                    settings, concurrency_token)
                VALUES (@Id, @ClientId, @ClientSecret, @ClientType, @ApplicationType, @ConsentType, @DisplayName,
                    @DisplayNames, @JsonWebKeySet, @Permissions, @PostLogoutRedirectUris, @Properties, @RedirectUris, @Requirements,
                    @Settings, @ConcurrencyToken)
                """, Parameters(application, application.ConcurrencyToken));
            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), Changed(SecurityEvents.ClientCreated, application, application.ClientSecret is not null, application.JsonWebKeySet is not null));
            return true;
        }, cancellationToken);
    }

    public async ValueTask UpdateAsync(OpenIdApplication application, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(application);
        var next = EntityId.NewConcurrencyToken();
        await database.WriteAsync(async tx =>
        {
            var before = await tx.QuerySingleOrDefaultAsync<SecretsRow>(
                "SELECT client_secret AS ClientSecret, json_web_key_set AS JsonWebKeySet FROM openid_applications WHERE id = @Id", new { application.Id });
            var updated = await tx.ExecuteAsync(
                """
                UPDATE openid_applications SET client_id = @ClientId, client_secret = @ClientSecret, client_type = @ClientType,
                    application_type = @ApplicationType, consent_type = @ConsentType, display_name = @DisplayName,
                    display_names = @DisplayNames, json_web_key_set = @JsonWebKeySet, permissions = @Permissions,
                    post_logout_redirect_uris = @PostLogoutRedirectUris, properties = @Properties, redirect_uris = @RedirectUris,
                    requirements = @Requirements, settings = @Settings, concurrency_token = @NextConcurrencyToken
                WHERE id = @Id AND concurrency_token = @ConcurrencyToken
                """, Parameters(application, next));
            EntityChange.ThrowIfLost(updated);
            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), Changed(
                SecurityEvents.ClientUpdated, application, before?.ClientSecret != application.ClientSecret, before?.JsonWebKeySet != application.JsonWebKeySet));
            return true;
        }, cancellationToken);
        _recent.Forget();
        application.ConcurrencyToken = next;
    }

    /// <summary>Deletes the client and, by the foreign keys, its authorizations and tokens.</summary>
    public async ValueTask DeleteAsync(OpenIdApplication application, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(application);
        await database.WriteAsync(async tx =>
        {
            EntityChange.ThrowIfLost(await tx.ExecuteAsync(
                "DELETE FROM openid_applications WHERE id = @Id AND concurrency_token = @ConcurrencyToken", new { application.Id, application.ConcurrencyToken }));
            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), Changed(SecurityEvents.ClientDeleted, application, false, false));
            return true;
        }, cancellationToken);
        _recent.Forget();
    }

    private static AuditRecord Changed(string act, OpenIdApplication application, bool secretChanged, bool keysChanged) =>
        new(application.ChangedBy, act, $"client:{application.ClientId}", JsonSerializer.Serialize(
            new ClientChange([.. application.Permissions], secretChanged, keysChanged), OpenIdJson.Default.ClientChange));

    private static object Parameters(OpenIdApplication application, string nextConcurrencyToken) => new
    {
        application.Id,
        application.ClientId,
        application.ClientSecret,
        application.ClientType,
        application.ApplicationType,
        application.ConsentType,
        application.DisplayName,
        DisplayNames = JsonColumn.Write(application.DisplayNames),
        application.JsonWebKeySet,
        Permissions = JsonColumn.Write(application.Permissions),
        PostLogoutRedirectUris = JsonColumn.Write(application.PostLogoutRedirectUris),
        Properties = JsonColumn.Write(application.Properties),
        RedirectUris = JsonColumn.Write(application.RedirectUris),
        Requirements = JsonColumn.Write(application.Requirements),
        Settings = JsonColumn.Write(application.Settings),
        application.ConcurrencyToken,
        NextConcurrencyToken = nextConcurrencyToken,
    };

    private sealed record SecretsRow(string? ClientSecret, string? JsonWebKeySet);
}
