using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Authority.Tests.OpenId;

public sealed class OpenIdTokenStoreOnSqliteTests(SqliteLedger ledger) : OpenIdTokenStoreTests(ledger), IClassFixture<SqliteLedger>
{
    private readonly SqliteLedger _ledger = ledger;

    // On SQLite only: the plan of PostgreSQL depends on the size of the table.
    [Fact]
    public async Task Pruning_of_expired_and_used_tokens_walks_an_index()
    {
        foreach (var (query, index) in new[]
        {
            ("SELECT id FROM openid_tokens WHERE expiration_date < 5 AND creation_date < 5 ORDER BY expiration_date LIMIT 9", "openid_tokens_by_expiration"),
            ("SELECT id FROM openid_tokens WHERE status NOT IN ('inactive', 'valid') AND creation_date < 5 ORDER BY creation_date LIMIT 9", "openid_tokens_ended"),
            ("SELECT id FROM openid_authorizations WHERE status <> 'valid' AND creation_date < 5 ORDER BY creation_date LIMIT 9", "openid_authorizations_ended"),
        })
        {
            var plan = await _ledger.Database.ReadAsync(connection => connection.QueryAsync<(long, long, long, string Detail)>("EXPLAIN QUERY PLAN " + query), TestContext.Current.CancellationToken);
            Assert.Contains(index, Assert.Single(plan).Detail, StringComparison.Ordinal);
        }
    }
}

public sealed class OpenIdTokenStoreOnPostgreSqlTests(PostgreSqlLedger ledger) : OpenIdTokenStoreTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class OpenIdTokenStoreTests(LedgerFixture ledger)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_property_comes_back_as_it_was_set()
    {
        var store = Store(await WithParentsAsync());
        var made = await store.InstantiateAsync(Cancellation);
        using var value = JsonDocument.Parse("true");
        await store.SetApplicationIdAsync(made, "app1", Cancellation);
        await store.SetAuthorizationIdAsync(made, "auth1", Cancellation);
        await store.SetCreationDateAsync(made, Now, Cancellation);
        await store.SetExpirationDateAsync(made, Now.AddMinutes(5), Cancellation);
        await store.SetPayloadAsync(made, "payload", Cancellation);
        await store.SetPropertiesAsync(made, ImmutableDictionary<string, JsonElement>.Empty.Add("p", value.RootElement), Cancellation);
        await store.SetRedemptionDateAsync(made, Now.AddMinutes(1), Cancellation);
        await store.SetReferenceIdAsync(made, "reference", Cancellation);
        await store.SetStatusAsync(made, Statuses.Redeemed, Cancellation);
        await store.SetSubjectAsync(made, "alice", Cancellation);
        await store.SetTypeAsync(made, TokenTypeIdentifiers.AccessToken, Cancellation);
        await store.CreateAsync(made, Cancellation);

        var read = await store.FindByReferenceIdAsync("reference", Cancellation);

        Assert.NotNull(read);
        Assert.Equal(made.Id, await store.GetIdAsync(read, Cancellation));
        Assert.Equal("app1", await store.GetApplicationIdAsync(read, Cancellation));
        Assert.Equal("auth1", await store.GetAuthorizationIdAsync(read, Cancellation));
        Assert.Equal(Now, await store.GetCreationDateAsync(read, Cancellation));
        Assert.Equal(Now.AddMinutes(5), await store.GetExpirationDateAsync(read, Cancellation));
        Assert.Equal("payload", await store.GetPayloadAsync(read, Cancellation));
        Assert.True((await store.GetPropertiesAsync(read, Cancellation))["p"].GetBoolean());
        Assert.Equal(Now.AddMinutes(1), await store.GetRedemptionDateAsync(read, Cancellation));
        Assert.Equal("reference", await store.GetReferenceIdAsync(read, Cancellation));
        Assert.Equal(Statuses.Redeemed, await store.GetStatusAsync(read, Cancellation));
        Assert.Equal("alice", await store.GetSubjectAsync(read, Cancellation));
        Assert.Equal(TokenTypeIdentifiers.AccessToken, await store.GetTypeAsync(read, Cancellation));
    }

    [Fact]
    public async Task Of_many_that_redeem_one_code_at_once_one_wins()
    {
        var database = await WithParentsAsync();
        await CreateAsync(Store(database), "code");
        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var store = Store(database);
            var code = (await store.FindByIdAsync("code", Cancellation))!;
            return (store, code);
        }));

        var redeemed = await Task.WhenAll(attempts.Select(async attempt =>
        {
            attempt.code.Status = Statuses.Redeemed;
            try
            {
                await attempt.store.UpdateAsync(attempt.code, Cancellation);
                return true;
            }
            catch (OpenIddictExceptions.ConcurrencyException)
            {
                return false;
            }
        }));

        Assert.Equal(1, redeemed.Count(won => won));
        await Assert.ThrowsAsync<OpenIddictExceptions.ConcurrencyException>(
            async () => await attempts[Array.IndexOf(redeemed, false)].store.DeleteAsync(attempts[Array.IndexOf(redeemed, false)].code, Cancellation));
    }

    [Fact]
    public async Task Two_tokens_cannot_have_one_reference_and_many_can_have_none()
    {
        var store = Store(await WithParentsAsync());
        await CreateAsync(store, "1", token => token.ReferenceId = "r");
        await CreateAsync(store, "2");
        await CreateAsync(store, "3");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => CreateAsync(store, "4", token => token.ReferenceId = "r"));
    }

    [Fact]
    public async Task Finds_by_what_is_given()
    {
        var store = Store(await WithFourAsync());
        Assert.Equal("1 2", await IdsAsync(store.FindAsync("alice", "app1", null, null, Cancellation)));
        Assert.Equal("1", await IdsAsync(store.FindAsync("alice", "app1", Statuses.Valid, "access", Cancellation)));
        Assert.Equal("1 2 3", await IdsAsync(store.FindAsync(null, "app1", null, "access", Cancellation)));
        Assert.Equal("4", await IdsAsync(store.FindAsync(null, null, null, "refresh", Cancellation)));
        Assert.Equal("1 2 3", await IdsAsync(store.FindByApplicationIdAsync("app1", Cancellation)));
        Assert.Equal("1 4", await IdsAsync(store.FindByAuthorizationIdAsync("auth1", Cancellation)));
        Assert.Equal("1 2 4", await IdsAsync(store.FindBySubjectAsync("alice", Cancellation)));
        Assert.Equal("2 3", await IdsAsync(store.ListAsync(2, 1, Cancellation)));
        Assert.Null(await store.FindByIdAsync("none", Cancellation));
        Assert.Null(await store.FindByReferenceIdAsync("none", Cancellation));
        Assert.Equal(4, await store.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Revokes_by_what_is_given_and_what_was_read_before_cannot_be_written_back()
    {
        var store = Store(await WithFourAsync());
        var before = (await store.FindByIdAsync("4", Cancellation))!;

        Assert.Equal(1, await store.RevokeAsync("alice", "app1", Statuses.Valid, "access", Cancellation));
        Assert.Equal("1 2", await IdsAsync(store.FindAsync(null, null, Statuses.Revoked, null, Cancellation)));
        Assert.Equal(1, await store.RevokeByAuthorizationIdAsync("auth1", Cancellation));
        Assert.Equal("1 2 4", await IdsAsync(store.FindAsync(null, null, Statuses.Revoked, null, Cancellation)));
        await Assert.ThrowsAsync<OpenIddictExceptions.ConcurrencyException>(async () => await store.UpdateAsync(before, Cancellation));
        Assert.Equal(3, await store.RevokeByApplicationIdAsync("app1", Cancellation));
        Assert.Equal(3, await store.RevokeBySubjectAsync("alice", Cancellation));
        Assert.Equal("1 2 3 4", await IdsAsync(store.FindAsync(null, null, Statuses.Revoked, null, Cancellation)));
    }

    [Fact]
    public async Task Prunes_more_than_a_batch_of_what_can_no_longer_be_used_and_nothing_else()
    {
        var database = await WithParentsAsync();
        var store = Store(database);
        var old = Now.AddDays(-30);
        await database.WriteAsync(tx => tx.ExecuteAsync(
            """
            INSERT INTO openid_tokens (id, creation_date, expiration_date, status, concurrency_token)
            VALUES (@Id, @Created, @Expires, 'valid', 'c')
            """,
            Enumerable.Range(0, 1_201).Select(i => new { Id = $"expired-{i}", Created = old.ToUnixTimeSeconds(), Expires = Now.AddDays(-29).ToUnixTimeSeconds() })), Cancellation);
        await CreateAsync(store, "redeemed", token => (token.Status, token.CreationDate, token.ExpirationDate) = (Statuses.Redeemed, old, Now.AddDays(1)));
        await CreateAsync(store, "of-ended-authorization", token => (token.AuthorizationId, token.CreationDate, token.ExpirationDate) = ("ended", old, Now.AddDays(1)));
        await CreateAsync(store, "keep-valid", token => (token.CreationDate, token.ExpirationDate) = (old, Now.AddDays(1)));
        await CreateAsync(store, "keep-inactive", token => (token.Status, token.CreationDate, token.ExpirationDate) = (Statuses.Inactive, old, Now.AddDays(1)));
        await CreateAsync(store, "keep-new-redeemed", token => (token.Status, token.CreationDate) = (Statuses.Redeemed, Now.AddDays(-1)));

        Assert.Equal(1_203, await store.PruneAsync(Now.AddDays(-14), Cancellation));

        Assert.Equal("keep-inactive keep-new-redeemed keep-valid", await IdsAsync(store.ListAsync(null, null, Cancellation)));
    }

    [Fact]
    public async Task Queries_over_IQueryable_are_refused()
    {
        var store = Store(ledger.Database);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await store.CountAsync(all => all, Cancellation));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await store.GetAsync((all, _) => all, 0, Cancellation));
        Assert.Throws<NotSupportedException>(() => store.ListAsync((all, _) => all, 0, Cancellation));
    }

    private static OpenIdTokenStore Store(Database database) => new(database, new ManualTime(Now));

    private async Task<Database> WithParentsAsync()
    {
        var database = await ledger.NewAsync();
        var applications = new OpenIdApplicationStore(database, TimeProvider.System);
        var authorizations = new OpenIdAuthorizationStore(database, TimeProvider.System);
        foreach (var id in new[] { "app1", "app2" })
        {
            await applications.CreateAsync(new OpenIdApplication { Id = id, ClientId = id }, Cancellation);
        }

        await authorizations.CreateAsync(new OpenIdAuthorization { Id = "auth1", Status = Statuses.Valid }, Cancellation);
        await authorizations.CreateAsync(new OpenIdAuthorization { Id = "ended", Status = Statuses.Revoked }, Cancellation);
        return database;
    }

    private async Task<Database> WithFourAsync()
    {
        var database = await WithParentsAsync();
        var store = Store(database);
        await CreateAsync(store, "1", token => (token.ApplicationId, token.Subject, token.AuthorizationId) = ("app1", "alice", "auth1"));
        await CreateAsync(store, "2", token => (token.ApplicationId, token.Subject, token.Status) = ("app1", "alice", Statuses.Revoked));
        await CreateAsync(store, "3", token => (token.ApplicationId, token.Subject) = ("app1", "bob"));
        await CreateAsync(store, "4", token => (token.ApplicationId, token.Subject, token.AuthorizationId, token.Type) = ("app2", "alice", "auth1", "refresh"));
        return database;
    }

    private static async Task CreateAsync(OpenIdTokenStore store, string id, Action<OpenIdToken>? set = null)
    {
        var token = new OpenIdToken { Id = id, Status = Statuses.Valid, Type = "access", CreationDate = Now, ExpirationDate = Now.AddHours(1) };
        set?.Invoke(token);
        await store.CreateAsync(token, Cancellation);
    }

    private static async Task<string> IdsAsync(IAsyncEnumerable<OpenIdToken> tokens) =>
        string.Join(' ', (await tokens.Select(token => token.Id).ToListAsync(Cancellation)).Order(StringComparer.Ordinal));
}
