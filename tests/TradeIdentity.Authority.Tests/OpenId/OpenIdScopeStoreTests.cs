using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.OpenId;

public sealed class OpenIdScopeStoreOnSqliteTests(SqliteLedger ledger) : OpenIdScopeStoreTests(ledger), IClassFixture<SqliteLedger>;

public sealed class OpenIdScopeStoreOnPostgreSqlTests(PostgreSqlLedger ledger) : OpenIdScopeStoreTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class OpenIdScopeStoreTests(LedgerFixture ledger)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_property_comes_back_as_it_was_set()
    {
        var store = Store(await ledger.NewAsync());
        var made = await store.InstantiateAsync(Cancellation);
        using var value = JsonDocument.Parse("7");
        await store.SetNameAsync(made, "customs.partner", Cancellation);
        await store.SetDescriptionAsync(made, "Exchange", Cancellation);
        await store.SetDescriptionsAsync(made, ImmutableDictionary<CultureInfo, string>.Empty.Add(CultureInfo.GetCultureInfo("fr"), "Échange"), Cancellation);
        await store.SetDisplayNameAsync(made, "Partner", Cancellation);
        await store.SetDisplayNamesAsync(made, ImmutableDictionary<CultureInfo, string>.Empty.Add(CultureInfo.GetCultureInfo("fr-CA"), "Partenaire"), Cancellation);
        await store.SetPropertiesAsync(made, ImmutableDictionary<string, JsonElement>.Empty.Add("n", value.RootElement), Cancellation);
        await store.SetResourcesAsync(made, ["https://api.example"], Cancellation);
        await store.CreateAsync(made, Cancellation);

        var read = await store.FindByIdAsync(made.Id, Cancellation);

        Assert.NotNull(read);
        Assert.Equal(made.Id, await store.GetIdAsync(read, Cancellation));
        Assert.Equal("customs.partner", await store.GetNameAsync(read, Cancellation));
        Assert.Equal("Exchange", await store.GetDescriptionAsync(read, Cancellation));
        Assert.Equal("Échange", (await store.GetDescriptionsAsync(read, Cancellation))[CultureInfo.GetCultureInfo("fr")]);
        Assert.Equal("Partner", await store.GetDisplayNameAsync(read, Cancellation));
        Assert.Equal("Partenaire", (await store.GetDisplayNamesAsync(read, Cancellation))[CultureInfo.GetCultureInfo("fr-CA")]);
        Assert.Equal(7, (await store.GetPropertiesAsync(read, Cancellation))["n"].GetInt32());
        Assert.Equal(["https://api.example"], await store.GetResourcesAsync(read, Cancellation));
    }

    [Fact]
    public async Task Scopes_are_found_by_name_names_and_resource()
    {
        var store = Store(await ledger.NewAsync());
        foreach (var name in new[] { "a", "b", "c" })
        {
            await CreateAsync(store, name, $"https://{name}.example");
        }

        Assert.Equal("b", (await store.FindByNameAsync("b", Cancellation))?.Name);
        Assert.Null(await store.FindByNameAsync("B", Cancellation));
        Assert.Equal(["a", "c"], (await NamesAsync(store.FindByNamesAsync(["c", "a", "x"], Cancellation))).Order(StringComparer.Ordinal));
        Assert.Equal(["c"], await NamesAsync(store.FindByResourceAsync("https://c.example", Cancellation)));
        Assert.Empty(await NamesAsync(store.FindByResourceAsync("https://C.example", Cancellation)));
        Assert.Equal(2, (await NamesAsync(store.ListAsync(2, 0, Cancellation))).Count);
        Assert.Equal(3, await store.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Two_scopes_cannot_have_one_name()
    {
        var store = Store(await ledger.NewAsync());
        await CreateAsync(store, "a", "r");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => CreateAsync(store, "a", "r"));
    }

    [Fact]
    public async Task Of_two_that_change_the_same_scope_the_second_loses()
    {
        var store = Store(await ledger.NewAsync());
        await CreateAsync(store, "a", "r");
        var mine = (await store.FindByNameAsync("a", Cancellation))!;
        var theirs = (await store.FindByNameAsync("a", Cancellation))!;

        mine.Description = "mine";
        await store.UpdateAsync(mine, Cancellation);

        await Assert.ThrowsAsync<OpenIddictExceptions.ConcurrencyException>(async () => await store.UpdateAsync(theirs, Cancellation));
        await Assert.ThrowsAsync<OpenIddictExceptions.ConcurrencyException>(async () => await store.DeleteAsync(theirs, Cancellation));
        await store.DeleteAsync(mine, Cancellation);
        Assert.Null(await store.FindByNameAsync("a", Cancellation));
    }

    [Fact]
    public async Task Queries_over_IQueryable_are_refused()
    {
        var store = Store(ledger.Database);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await store.CountAsync(scopes => scopes, Cancellation));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await store.GetAsync((scopes, _) => scopes, 0, Cancellation));
        Assert.Throws<NotSupportedException>(() => store.ListAsync((scopes, _) => scopes, 0, Cancellation));
    }

    private static OpenIdScopeStore Store(Database database) => new(database, TimeProvider.System);

    private static async Task CreateAsync(OpenIdScopeStore store, string name, string resource)
    {
        var made = await store.InstantiateAsync(Cancellation);
        made.Name = name;
        made.Resources = [resource];
        await store.CreateAsync(made, Cancellation);
    }

    private static async Task<List<string?>> NamesAsync(IAsyncEnumerable<OpenIdScope> scopes) =>
        await scopes.Select(scope => scope.Name).ToListAsync(Cancellation);
}
