using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.OpenId;

public sealed class OpenIdApplicationStoreOnSqliteTests(SqliteLedger ledger) : OpenIdApplicationStoreTests(ledger), IClassFixture<SqliteLedger>;

public sealed class OpenIdApplicationStoreOnPostgreSqlTests(PostgreSqlLedger ledger) : OpenIdApplicationStoreTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class OpenIdApplicationStoreTests(LedgerFixture ledger)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_property_comes_back_as_it_was_set()
    {
        var store = Store(await ledger.NewAsync());
        var made = await store.InstantiateAsync(Cancellation);
        using var properties = JsonDocument.Parse("""{"a":{"b":[1,2]}}""");
        await store.SetClientIdAsync(made, "https://broker.example/client?x=ü", Cancellation);
        await store.SetClientSecretAsync(made, "sha256$AAAA", Cancellation);
        await store.SetClientTypeAsync(made, "confidential", Cancellation);
        await store.SetApplicationTypeAsync(made, "web", Cancellation);
        await store.SetConsentTypeAsync(made, "explicit", Cancellation);
        await store.SetDisplayNameAsync(made, "Broker", Cancellation);
        await store.SetDisplayNamesAsync(made, ImmutableDictionary<CultureInfo, string>.Empty.Add(CultureInfo.GetCultureInfo("ar"), "وسيط"), Cancellation);
        await store.SetJsonWebKeySetAsync(made, new JsonWebKeySet("""{"keys":[{"kty":"EC","crv":"P-256","kid":"k1","x":"eA","y":"eQ"}]}"""), Cancellation);
        await store.SetPermissionsAsync(made, ["ept:token", "scp:operators.read"], Cancellation);
        await store.SetPostLogoutRedirectUrisAsync(made, ["https://broker.example/bye"], Cancellation);
        await store.SetRedirectUrisAsync(made, ["https://broker.example/cb", "com.example:/cb"], Cancellation);
        await store.SetPropertiesAsync(made, ImmutableDictionary<string, JsonElement>.Empty.Add("p", properties.RootElement.GetProperty("a")), Cancellation);
        await store.SetRequirementsAsync(made, ["ft:pkce"], Cancellation);
        await store.SetSettingsAsync(made, ImmutableDictionary<string, string>.Empty.Add("tkn_lft:act", "00:05:00"), Cancellation);
        await store.CreateAsync(made, Cancellation);

        var read = await store.FindByIdAsync(made.Id, Cancellation);

        Assert.NotNull(read);
        Assert.Equal(made.Id, await store.GetIdAsync(read, Cancellation));
        Assert.Equal("https://broker.example/client?x=ü", await store.GetClientIdAsync(read, Cancellation));
        Assert.Equal("sha256$AAAA", await store.GetClientSecretAsync(read, Cancellation));
        Assert.Equal("confidential", await store.GetClientTypeAsync(read, Cancellation));
        Assert.Equal("web", await store.GetApplicationTypeAsync(read, Cancellation));
        Assert.Equal("explicit", await store.GetConsentTypeAsync(read, Cancellation));
        Assert.Equal("Broker", await store.GetDisplayNameAsync(read, Cancellation));
        Assert.Equal("وسيط", (await store.GetDisplayNamesAsync(read, Cancellation))[CultureInfo.GetCultureInfo("ar")]);
        var key = Assert.Single((await store.GetJsonWebKeySetAsync(read, Cancellation))!.Keys);
        Assert.Equal(("EC", "P-256", "k1", "eA", "eQ"), (key.Kty, key.Crv, key.Kid, key.X, key.Y));
        Assert.Equal(["ept:token", "scp:operators.read"], await store.GetPermissionsAsync(read, Cancellation));
        Assert.Equal(["https://broker.example/bye"], await store.GetPostLogoutRedirectUrisAsync(read, Cancellation));
        Assert.Equal(["https://broker.example/cb", "com.example:/cb"], await store.GetRedirectUrisAsync(read, Cancellation));
        Assert.Equal("""{"b":[1,2]}""", (await store.GetPropertiesAsync(read, Cancellation))["p"].GetRawText());
        Assert.Equal(["ft:pkce"], await store.GetRequirementsAsync(read, Cancellation));
        Assert.Equal("00:05:00", (await store.GetSettingsAsync(read, Cancellation))["tkn_lft:act"]);
    }

    [Fact]
    public async Task What_was_never_set_reads_as_empty()
    {
        var store = Store(await ledger.NewAsync());
        await CreateAsync(store, "bare");

        var read = (await store.FindByClientIdAsync("bare", Cancellation))!;

        Assert.Null(await store.GetClientSecretAsync(read, Cancellation));
        Assert.Null(await store.GetJsonWebKeySetAsync(read, Cancellation));
        Assert.Empty(await store.GetPermissionsAsync(read, Cancellation));
        Assert.Empty(await store.GetDisplayNamesAsync(read, Cancellation));
        Assert.Empty(await store.GetPropertiesAsync(read, Cancellation));
        Assert.Empty(await store.GetSettingsAsync(read, Cancellation));
    }

    [Fact]
    public async Task A_client_is_found_by_its_exact_client_id_only()
    {
        var store = Store(await ledger.NewAsync());
        var made = await CreateAsync(store, "Broker");

        Assert.Equal(made.Id, (await store.FindByClientIdAsync("Broker", Cancellation))?.Id);
        Assert.Null(await store.FindByClientIdAsync("broker", Cancellation));
        Assert.Null(await store.FindByIdAsync("broker", Cancellation));
    }

    [Fact]
    public async Task Two_clients_cannot_have_one_client_id()
    {
        var database = await ledger.NewAsync();
        var store = Store(database);
        await CreateAsync(store, "broker");

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => CreateAsync(store, "broker"));

        Assert.Equal(1, await store.CountAsync(Cancellation));
        Assert.Equal(["openid-client-created"], await ActsAsync(database));
    }

    [Fact]
    public async Task A_client_id_of_2048_characters_fits_and_a_longer_one_does_not()
    {
        var store = Store(await ledger.NewAsync());
        // Random, because PostgreSQL compresses what repeats before it measures an index entry.
        var url = "https://federation.example/" + Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(1011))[..2021];

        await CreateAsync(store, url);

        Assert.Equal(2048, url.Length);
        Assert.NotNull(await store.FindByClientIdAsync(url, Cancellation));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => CreateAsync(store, url + "x"));
    }

    [Fact]
    public async Task Redirect_uris_are_found_exactly()
    {
        var store = Store(await ledger.NewAsync());
        foreach (var (id, uri) in new[] { ("one", "https://a.example/cb_1%20x"), ("two", "https://a.example/CB_1%20x"), ("three", "https://a.example/cbA1%20x") })
        {
            await CreateAsync(store, id, made =>
            {
                made.RedirectUris = [uri];
                made.PostLogoutRedirectUris = [uri + "/bye"];
            });
        }

        Assert.Equal(["one"], await ClientIdsAsync(store.FindByRedirectUriAsync("https://a.example/cb_1%20x", Cancellation)));
        Assert.Equal(["two"], await ClientIdsAsync(store.FindByPostLogoutRedirectUriAsync("https://a.example/CB_1%20x/bye", Cancellation)));
        Assert.Empty(await ClientIdsAsync(store.FindByRedirectUriAsync("https://a.example/%", Cancellation)));
    }

    [Fact]
    public async Task Lists_in_pages()
    {
        var store = Store(await ledger.NewAsync());
        foreach (var id in new[] { "a", "b", "c" })
        {
            await CreateAsync(store, id);
        }

        var all = await ClientIdsAsync(store.ListAsync(null, null, Cancellation));
        Assert.Equal(["a", "b", "c"], all.Order(StringComparer.Ordinal));
        Assert.Equal(all[1..2], await ClientIdsAsync(store.ListAsync(1, 1, Cancellation)));
        Assert.Equal(all[2..], await ClientIdsAsync(store.ListAsync(null, 2, Cancellation)));
        Assert.Equal(3, await store.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Of_two_that_change_the_same_client_the_second_loses()
    {
        var database = await ledger.NewAsync();
        var store = Store(database);
        await CreateAsync(store, "broker");
        var mine = (await store.FindByClientIdAsync("broker", Cancellation))!;
        var theirs = (await store.FindByClientIdAsync("broker", Cancellation))!;

        mine.DisplayName = "mine";
        await store.UpdateAsync(mine, Cancellation);
        theirs.DisplayName = "theirs";

        await Assert.ThrowsAsync<OpenIddictExceptions.ConcurrencyException>(async () => await store.UpdateAsync(theirs, Cancellation));
        await Assert.ThrowsAsync<OpenIddictExceptions.ConcurrencyException>(async () => await store.DeleteAsync(theirs, Cancellation));
        mine.DisplayName = "mine again";
        await store.UpdateAsync(mine, Cancellation);
        Assert.Equal("mine again", (await store.FindByClientIdAsync("broker", Cancellation))!.DisplayName);
        Assert.Equal(["openid-client-created", "openid-client-updated", "openid-client-updated"], await ActsAsync(database));
    }

    [Fact]
    public async Task The_audit_says_what_changed_and_never_the_secret()
    {
        var database = await ledger.NewAsync();
        var store = Store(database);
        var made = await CreateAsync(store, "broker", made => made.ClientSecret = "sha256$first");
        made.ClientSecret = "sha256$second";
        made.Permissions = ["scp:aeo.decide"];
        made.ChangedBy = "officer-7";
        await store.UpdateAsync(made, Cancellation);

        var (actor, subject, details) = await database.ReadAsync(
            connection => connection.QuerySingleAsync<(string, string, string)>(
                "SELECT actor, subject, details FROM audit_entries WHERE act = 'openid-client-updated'"), Cancellation);

        Assert.Equal(("officer-7", "client:broker"), (actor, subject));
        Assert.Equal("""{"permissions":["scp:aeo.decide"],"secretChanged":true,"keysChanged":false}""", details);
    }

    [Fact]
    public async Task Deleting_a_client_takes_its_authorizations_and_tokens_along()
    {
        var database = await ledger.NewAsync();
        var store = Store(database);
        var (authorizations, tokens) = (new OpenIdAuthorizationStore(database, TimeProvider.System), new OpenIdTokenStore(database, TimeProvider.System));
        var (gone, stays) = (await CreateAsync(store, "gone"), await CreateAsync(store, "stays"));
        foreach (var application in new[] { gone, stays })
        {
            var authorization = new OpenIdAuthorization { Id = "a-" + application.ClientId, ApplicationId = application.Id };
            await authorizations.CreateAsync(authorization, Cancellation);
            await tokens.CreateAsync(new OpenIdToken { Id = "t-" + application.ClientId, AuthorizationId = authorization.Id }, Cancellation);
        }

        await store.DeleteAsync(gone, Cancellation);

        Assert.Null(await store.FindByIdAsync(gone.Id, Cancellation));
        Assert.Null(await tokens.FindByIdAsync("t-gone", Cancellation));
        Assert.NotNull(await tokens.FindByIdAsync("t-stays", Cancellation));
        Assert.Equal(1, await authorizations.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Queries_over_IQueryable_are_refused()
    {
        var store = Store(ledger.Database);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await store.CountAsync(applications => applications, Cancellation));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await store.GetAsync((applications, _) => applications, 0, Cancellation));
        Assert.Throws<NotSupportedException>(() => store.ListAsync((applications, _) => applications, 0, Cancellation));
    }

    private static OpenIdApplicationStore Store(Database database) => new(database, TimeProvider.System);

    private static async Task<OpenIdApplication> CreateAsync(OpenIdApplicationStore store, string clientId, Action<OpenIdApplication>? set = null)
    {
        var made = await store.InstantiateAsync(Cancellation);
        made.ClientId = clientId;
        set?.Invoke(made);
        await store.CreateAsync(made, Cancellation);
        return made;
    }

    private static async Task<List<string?>> ClientIdsAsync(IAsyncEnumerable<OpenIdApplication> applications) =>
        await applications.Select(application => application.ClientId).ToListAsync(Cancellation);

    private static async Task<List<string>> ActsAsync(Database database) =>
        await database.ReadAsync(async connection =>
            (await connection.QueryAsync<string>("SELECT act FROM audit_entries ORDER BY sequence")).AsList(), Cancellation);
}
