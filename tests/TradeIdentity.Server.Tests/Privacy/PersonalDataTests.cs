using System.Net;
using System.Text.Json;
using Dapper;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Server.Tests.Companies;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Privacy;

public sealed class PersonalDataOnSqliteTests(PersonHost host) : PersonalDataTests(host), IClassFixture<PersonHost>;

public sealed class PersonalDataOnPostgreSqlTests(PostgreSqlPersonHost host) : PersonalDataTests(host), IClassFixture<PostgreSqlPersonHost>;

/// <summary>A person gets all that is stored about them, over the API.</summary>
public abstract class PersonalDataTests(PersonHost host)
{
    private readonly Company _company = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_gets_all_of_their_own_and_nothing_of_another()
    {
        var (founder, tin) = await _company.FoundAsync();
        var administrator = await _company.MemberAsync(founder, tin, "entities.own mandates.write");
        var account = await _company.JoinAsync(administrator, """{"powers":["aeo"]}""");
        await _company.DoAsync(
            administrator, "/mandates", $$$"""{"grantor":"{{{tin}}}","representative":{"account":"{{{account}}}"},"kind":"direct","validUntil":"2029-01-01T00:00:00Z"}""", HttpStatusCode.Created);
        var other = await host.RegisterAsync();
        await NameAsync(founder, "Founderson");
        await NameAsync(other, "Otherson");
        var token = await host.AccessTokenAsync(account, "privacy.own");
        var data = await _company.ReadAsync(token, "/person/data");

        Assert.Equal(ExportPersonalData.Version, data.GetProperty("version").GetString());
        Assert.Equal((account, await _company.EmailAsync(account)), (One(data, "account").GetProperty("id").GetString(), One(data, "account").GetProperty("email").GetString()));
        Assert.Equal((tin, "aeo"), (One(data, "memberships").GetProperty("tin").GetString(), One(data, "memberships").GetProperty("powers")[0].GetString()));
        Assert.Equal("accepted", One(data, "invitations").GetProperty("state").GetString());
        Assert.Equal(tin, One(data, "mandates").GetProperty("grantor").GetString());
        Assert.Contains("invitation-accepted", Acts(data));
        Assert.Contains("account-data-exported", Acts(data));
        Assert.NotEmpty(data.GetProperty("sessions").EnumerateArray());
        Assert.NotEmpty(data.GetProperty("consents")[0].GetProperty("scopes").EnumerateArray());
        Assert.NotEmpty(data.GetProperty("tokens").EnumerateArray());
        Assert.NotEmpty(data.GetProperty("notices").EnumerateArray());

        var text = data.ToString();
        foreach (var stranger in new[] { founder, other, "Founderson", "Otherson", await _company.EmailAsync(founder), await _company.EmailAsync(other) })
        {
            Assert.DoesNotContain(stranger, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_takes_a_person_and_a_recent_sign_in()
    {
        var account = await host.RegisterAsync();
        var old = (await host.TokensAsync(await host.SignInAsync(account, secondsAgo: 16 * 60), AuthorizationRequest.With(("scope", "openid privacy.own")))).GetProperty("access_token").GetString()!;
        using var refused = await host.GetAsync("/api/v1/person/data", bearer: old);
        Assert.Equal((HttpStatusCode.Forbidden, "recent_sign_in_required"), (refused.StatusCode, (await OpenIdHost.JsonAsync(refused)).GetProperty("code").GetString()));
        // The page asks for it, and comes back.
        using var page = await host.GetAsync("/account/data", cookie: await host.SignInAsync(account, secondsAgo: 16 * 60));
        Assert.StartsWith("/sign-in", page.Headers.Location!.OriginalString, StringComparison.OrdinalIgnoreCase);
        using var recent = await host.GetAsync("/account/data", cookie: await host.SignInAsync(account));
        Assert.Equal(HttpStatusCode.OK, recent.StatusCode);
    }

    [Fact]
    public async Task Who_did_more_than_a_page_holds_gets_it_all_in_order()
    {
        var account = await host.RegisterAsync();
        await host.Database.WriteAsync(
            async tx =>
            {
                await Authority.Audit.AuditTrail.AppendAsync(
                    tx, DateTimeOffset.UnixEpoch, [.. Enumerable.Range(0, 1100).Select(_ => new Authority.Audit.AuditRecord(account, "account-signed-in", $"account:{account}", "{}"))]);
                return 0;
            },
            Cancellation);
        var numbers = (await _company.ReadAsync(await host.AccessTokenAsync(account, "privacy.own"), "/person/data")).GetProperty("acts").EnumerateArray().Select(act => act.GetProperty("number").GetInt64()).ToList();
        Assert.True(numbers.Count > 1100);
        Assert.Equal(numbers.Order().Distinct(), numbers);
    }

    [Fact]
    public async Task Every_table_that_can_name_a_person_has_its_part()
    {
        var tables = await host.Database.ReadAsync(
            async connection => (await connection.QueryAsync<(string Table, string Column)>(
                host.Database.Dialect == Authority.Storage.SqlDialect.Sqlite
                    ? "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
                    : "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()")).ToList(),
            Cancellation);
        var known = PersonalData.Parts.SelectMany(part => part.Tables).Concat(PersonalData.OfNobodyElse).ToHashSet();
        var naming = tables.Where(each => each.Column is "account_id" or "email" or "holder" or "given_name" or "representative_account" or "user_agent"
            || (each.Column == "subject" && each.Table.StartsWith("openid", StringComparison.Ordinal))).Select(each => each.Table).ToHashSet();
        Assert.Contains("accounts", naming);
        Assert.Empty(naming.Except(known));
    }

    [Fact]
    public void The_docs_name_every_part()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/privacy.md"));
        Assert.All(PersonalData.Parts, part => Assert.Contains($"\n| `{part.Name}` |", page, StringComparison.Ordinal));
    }

    private static JsonElement One(JsonElement data, string part) => Assert.Single(data.GetProperty(part).EnumerateArray());

    private static List<string?> Acts(JsonElement data) => [.. data.GetProperty("acts").EnumerateArray().Select(act => act.GetProperty("act").GetString())];

    private Task<int> NameAsync(string account, string family) =>
        host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE accounts SET family_name = @family WHERE id = @account", new { account, family }), Cancellation);
}
