using System.Collections.Immutable;
using System.Text.Json;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Authority.Tests.OpenId;

public sealed class OpenIdAuthorizationStoreOnSqliteTests(SqliteLedger ledger) : OpenIdAuthorizationStoreTests(ledger), IClassFixture<SqliteLedger>;

public sealed class OpenIdAuthorizationStoreOnPostgreSqlTests(PostgreSqlLedger ledger) : OpenIdAuthorizationStoreTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class OpenIdAuthorizationStoreTests(LedgerFixture ledger)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_property_comes_back_as_it_was_set()
    {
        var database = await WithClientsAsync();
        var store = Store(database);
        var made = await store.InstantiateAsync(Cancellation);
        using var value = JsonDocument.Parse("""["x"]""");
        await store.SetApplicationIdAsync(made, "app1", Cancellation);
        await store.SetCreationDateAsync(made, Now, Cancellation);
        await store.SetPropertiesAsync(made, ImmutableDictionary<string, JsonElement>.Empty.Add("p", value.RootElement), Cancellation);
        await store.SetScopesAsync(made, ["openid", "aeo"], Cancellation);
        await store.SetStatusAsync(made, Statuses.Valid, Cancellation);
        await store.SetSubjectAsync(made, "alice", Cancellation);
        await store.SetTypeAsync(made, AuthorizationTypes.Permanent, Cancellation);
        await store.CreateAsync(made, Cancellation);

        var read = await store.FindByIdAsync(made.Id, Cancellation);

        Assert.NotNull(read);
        Assert.Equal(made.Id, await store.GetIdAsync(read, Cancellation));
        Assert.Equal("app1", await store.GetApplicationIdAsync(read, Cancellation));
        Assert.Equal(Now, await store.GetCreationDateAsync(read, Cancellation));
        Assert.Equal("""["x"]""", (await store.GetPropertiesAsync(read, Cancellation))["p"].GetRawText());
        Assert.Equal(["openid", "aeo"], await store.GetScopesAsync(read, Cancellation));
        Assert.Equal(Statuses.Valid, await store.GetStatusAsync(read, Cancellation));
        Assert.Equal("alice", await store.GetSubjectAsync(read, Cancellation));
        Assert.Equal(AuthorizationTypes.Permanent, await store.GetTypeAsync(read, Cancellation));
    }

    [Theory]
    [InlineData("alice", "app1", null, null, "1 2")]
    [InlineData("alice", null, null, null, "1 2 4")]
    [InlineData("alice", "app1", "valid", "permanent", "1")]
    [InlineData(null, "app1", null, null, "1 2 3")]
    [InlineData(null, "app1", "valid", "permanent", "1 3")]
    [InlineData(null, null, "revoked", null, "2")]
    [InlineData(null, null, null, null, "1 2 3 4")]
    [InlineData("nobody", null, null, null, "")]
    public async Task Filters_what_is_given(string? subject, string? client, string? status, string? type, string expected)
    {
        var store = Store(await WithFourAsync());
        Assert.Equal(expected, await IdsAsync(store.FindAsync(subject, client, status, type, null, Cancellation)));
    }

    [Theory]
    [InlineData("alice", "app1", null, null, "1 2")]
    [InlineData(null, "app1", "valid", null, "1 3")]
    [InlineData(null, null, null, "ad-hoc", "4")]
    public async Task Revokes_what_the_filters_select(string? subject, string? client, string? status, string? type, string expected)
    {
        var store = Store(await WithFourAsync());
        var before = (await store.FindByIdAsync(expected[..1], Cancellation))!;

        var count = await store.RevokeAsync(subject, client, status, type, Cancellation);

        Assert.Equal(expected.Split(' ').Length, count);
        Assert.Equal(string.Join(' ', $"{expected} 2".Split(' ').Distinct().Order(StringComparer.Ordinal)),
            await IdsAsync(store.FindAsync(null, null, Statuses.Revoked, null, null, Cancellation)));
        // Read before it was revoked: it cannot be written back as valid.
        await Assert.ThrowsAsync<OpenIddictExceptions.ConcurrencyException>(async () => await store.UpdateAsync(before, Cancellation));
    }

    [Fact]
    public async Task Finds_and_revokes_by_application_and_by_subject()
    {
        var store = Store(await WithFourAsync());
        Assert.Equal("1 2 3", await IdsAsync(store.FindByApplicationIdAsync("app1", Cancellation)));
        Assert.Equal("1 2 4", await IdsAsync(store.FindBySubjectAsync("alice", Cancellation)));
        Assert.Equal("3 4", await IdsAsync(store.ListAsync(5, 2, Cancellation)));
        Assert.Equal("1 3", await IdsAsync(store.FindAsync(null, null, Statuses.Valid, AuthorizationTypes.Permanent, ["aeo"], Cancellation)));
        Assert.Equal("", await IdsAsync(store.FindAsync(null, null, null, null, ["aeo", "openid"], Cancellation)));

        Assert.Equal(1, await store.RevokeByApplicationIdAsync("app2", Cancellation));
        Assert.Equal("2 4", await IdsAsync(store.FindAsync(null, null, Statuses.Revoked, null, null, Cancellation)));
        Assert.Equal(3, await store.RevokeBySubjectAsync("alice", Cancellation));
        Assert.Equal("3", await IdsAsync(store.FindAsync(null, null, Statuses.Valid, null, null, Cancellation)));
        Assert.Equal(4, await store.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Prunes_what_has_ended_and_what_was_for_one_sign_in_whose_tokens_are_gone()
    {
        var database = await WithClientsAsync();
        var (store, tokens) = (Store(database), new OpenIdTokenStore(database, new ManualTime(Now)));
        var old = Now.AddDays(-30);
        await CreateAsync(store, "old-revoked", "app1", "s", Statuses.Revoked, AuthorizationTypes.Permanent, old);
        await CreateAsync(store, "old-valid", "app1", "s", Statuses.Valid, AuthorizationTypes.Permanent, old);
        await CreateAsync(store, "old-ad-hoc-with-token", "app1", "s", Statuses.Valid, AuthorizationTypes.AdHoc, old);
        await CreateAsync(store, "old-ad-hoc", "app1", "s", Statuses.Valid, AuthorizationTypes.AdHoc, old);
        await CreateAsync(store, "new-revoked", "app1", "s", Statuses.Revoked, AuthorizationTypes.AdHoc, Now);
        await tokens.CreateAsync(
            new OpenIdToken { Id = "t", AuthorizationId = "old-ad-hoc-with-token", Status = Statuses.Valid, CreationDate = old, ExpirationDate = Now.AddDays(1) }, Cancellation);

        Assert.Equal(2, await store.PruneAsync(Now.AddDays(-14), Cancellation));

        Assert.Equal("new-revoked old-ad-hoc-with-token old-valid", await IdsAsync(store.ListAsync(null, null, Cancellation)));
    }

    [Fact]
    public async Task Of_two_that_change_the_same_authorization_the_second_loses()
    {
        var store = Store(await WithFourAsync());
        var mine = (await store.FindByIdAsync("1", Cancellation))!;
        var theirs = (await store.FindByIdAsync("1", Cancellation))!;

        mine.Scopes = [];
        await store.UpdateAsync(mine, Cancellation);

        await Assert.ThrowsAsync<OpenIddictExceptions.ConcurrencyException>(async () => await store.UpdateAsync(theirs, Cancellation));
        await Assert.ThrowsAsync<OpenIddictExceptions.ConcurrencyException>(async () => await store.DeleteAsync(theirs, Cancellation));
        await store.DeleteAsync(mine, Cancellation);
        Assert.Null(await store.FindByIdAsync("1", Cancellation));
    }

    [Fact]
    public async Task Queries_over_IQueryable_are_refused()
    {
        var store = Store(ledger.Database);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await store.CountAsync(all => all, Cancellation));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await store.GetAsync((all, _) => all, 0, Cancellation));
        Assert.Throws<NotSupportedException>(() => store.ListAsync((all, _) => all, 0, Cancellation));
    }

    private static OpenIdAuthorizationStore Store(Database database) => new(database, new ManualTime(Now));

    private async Task<Database> WithClientsAsync()
    {
        var database = await ledger.NewAsync();
        var applications = new OpenIdApplicationStore(database, TimeProvider.System);
        foreach (var id in new[] { "app1", "app2" })
        {
            await applications.CreateAsync(new OpenIdApplication { Id = id, ClientId = id }, Cancellation);
        }

        return database;
    }

    private async Task<Database> WithFourAsync()
    {
        var database = await WithClientsAsync();
        var store = Store(database);
        await CreateAsync(store, "1", "app1", "alice", Statuses.Valid, AuthorizationTypes.Permanent, Now);
        await CreateAsync(store, "2", "app1", "alice", Statuses.Revoked, AuthorizationTypes.Permanent, Now);
        await CreateAsync(store, "3", "app1", "bob", Statuses.Valid, AuthorizationTypes.Permanent, Now);
        await CreateAsync(store, "4", "app2", "alice", Statuses.Valid, AuthorizationTypes.AdHoc, Now);
        return database;
    }

    private static async Task CreateAsync(
        OpenIdAuthorizationStore store, string id, string client, string subject, string status, string type, DateTimeOffset created) =>
        await store.CreateAsync(
            new OpenIdAuthorization { Id = id, ApplicationId = client, Subject = subject, Status = status, Type = type, CreationDate = created, Scopes = ["aeo"] }, Cancellation);

    private static async Task<string> IdsAsync(IAsyncEnumerable<OpenIdAuthorization> authorizations) =>
        string.Join(' ', (await authorizations.Select(authorization => authorization.Id).ToListAsync(Cancellation)).Order(StringComparer.Ordinal));
}
