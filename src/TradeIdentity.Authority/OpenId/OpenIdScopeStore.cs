using OpenIddict.Abstractions;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Scopes that are registered at run time, in the ledger's database.
/// The members that take an <see cref="IQueryable{T}"/> throw <see cref="NotSupportedException"/>: SQL is written by hand.
/// </summary>
public sealed partial class OpenIdScopeStore(Database database, TimeProvider time) : IOpenIddictScopeStore<OpenIdScope>
{
    public ValueTask<OpenIdScope> InstantiateAsync(CancellationToken cancellationToken) => new(new OpenIdScope { Id = EntityId.New(time) });

    public async ValueTask CreateAsync(OpenIdScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.ConcurrencyToken = EntityId.NewConcurrencyToken();
        await database.ExecuteAsync(
            """
            INSERT INTO openid_scopes (id, name, description, descriptions, display_name, display_names, properties, resources, concurrency_token)
            VALUES (@Id, @Name, @Description, @Descriptions, @DisplayName, @DisplayNames, @Properties, @Resources, @ConcurrencyToken)
            """, Parameters(scope, scope.ConcurrencyToken), cancellationToken);
    }

    public async ValueTask UpdateAsync(OpenIdScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var next = EntityId.NewConcurrencyToken();
        EntityChange.ThrowIfLost(await database.ExecuteAsync(
            """
            UPDATE openid_scopes SET name = @Name, description = @Description, descriptions = @Descriptions, display_name = @DisplayName,
                display_names = @DisplayNames, properties = @Properties, resources = @Resources, concurrency_token = @NextConcurrencyToken
            WHERE id = @Id AND concurrency_token = @ConcurrencyToken
            """, Parameters(scope, next), cancellationToken));
        scope.ConcurrencyToken = next;
    }

    public async ValueTask DeleteAsync(OpenIdScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        EntityChange.ThrowIfLost(await database.ExecuteAsync(
            "DELETE FROM openid_scopes WHERE id = @Id AND concurrency_token = @ConcurrencyToken", new { scope.Id, scope.ConcurrencyToken }, cancellationToken));
    }

    private static object Parameters(OpenIdScope scope, string nextConcurrencyToken) => new
    {
        scope.Id,
        scope.Name,
        scope.Description,
        Descriptions = JsonColumn.Write(scope.Descriptions),
        scope.DisplayName,
        DisplayNames = JsonColumn.Write(scope.DisplayNames),
        Properties = JsonColumn.Write(scope.Properties),
        Resources = JsonColumn.Write(scope.Resources),
        scope.ConcurrencyToken,
        NextConcurrencyToken = nextConcurrencyToken,
    };
}
