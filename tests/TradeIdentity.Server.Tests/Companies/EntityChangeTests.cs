using System.Net;
using System.Text.Json;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Companies;

public sealed class EntityChangeOnSqliteTests(PersonHost host) : EntityChangeTests(host), IClassFixture<PersonHost>;

public sealed class EntityChangeOnPostgreSqlTests(PostgreSqlPersonHost host) : EntityChangeTests(host), IClassFixture<PostgreSqlPersonHost>;

/// <summary>Companies declare changes, and registrars decide, over the API.</summary>
public abstract class EntityChangeTests(PersonHost host)
{
    private readonly Company _company = new(host);

    [Fact]
    public async Task A_change_counts_when_it_is_confirmed_and_the_earlier_is_kept()
    {
        var (founder, tin) = await _company.FoundAsync();
        var (member, officer) = (await _company.MemberAsync(founder, tin, "entities.own notices.read"), await _company.RegistrarAsync());
        var before = await _company.ReadAsync(officer, $"/operators/{tin}");
        var change = await _company.DoAsync(member, "/company/changes", Change(), HttpStatusCode.Created);
        Assert.Equal(before.ToString(), (await _company.ReadAsync(officer, $"/operators/{tin}")).ToString());
        Assert.Contains(Items(await _company.ReadAsync(officer, "/officer/changes?limit=200")), item => Id(item) == Id(change));

        var confirmed = await _company.DoAsync(officer, $"/officer/changes/{Id(change)}/confirm", """{"source":"Trade register"}""");
        Assert.Equal("Example Tea Traders B.V.", confirmed.GetProperty("earlier").GetProperty("legalName").GetString());
        var after = await _company.ReadAsync(officer, $"/operators/{tin}");
        Assert.Equal(("Example Coffee Traders B.V.", "Trade register", 2), (
            after.GetProperty("legalName").GetString(), after.GetProperty("evidence").GetProperty("source").GetString(), after.GetProperty("version").GetInt32()));
        // Its numbers, and what confirmed them, are as they were.
        Assert.Equal(before.GetProperty("identifiers").ToString(), after.GetProperty("identifiers").ToString());
        Assert.Contains(Items(await _company.ReadAsync(member, "/notices")), notice => notice.GetProperty("kind").GetString() == "change-confirmed");
    }

    [Fact]
    public async Task Only_members_with_the_power_declare_and_one_at_a_time()
    {
        var (founder, tin) = await _company.FoundAsync();
        var member = await _company.MemberAsync(founder, tin);
        var powerless = await _company.MemberAsync(await _company.JoinAsync(member, """{"powers":["aeo"]}"""), tin);
        Assert.Equal("change_not_yours", await _company.CodeAsync(powerless, "/company/changes", Change()));
        var sent = await Task.WhenAll(_company.PostAsync(member, "/company/changes", Change()), _company.PostAsync(member, "/company/changes", Change()));
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], sent.Select(answer => answer.StatusCode).Order());
        Array.ForEach(sent, answer => answer.Dispose());
        var id = Id(Items(await _company.ReadAsync(member, "/company/changes")).Single());
        var (stranger, theirs) = await _company.FoundAsync();
        Assert.Equal("change_unknown", await _company.CodeAsync(await _company.MemberAsync(stranger, theirs), $"/company/changes/{id}/withdraw"));
        await _company.DoAsync(member, $"/company/changes/{id}/withdraw");
        Assert.Equal("change_settled", await _company.CodeAsync(await _company.RegistrarAsync(), $"/officer/changes/{id}/confirm", """{"source":"x"}"""));
    }

    [Fact]
    public async Task An_officer_decides_nothing_of_their_own_nor_of_what_has_moved_on()
    {
        var (founder, tin) = await _company.FoundAsync();
        var member = await _company.MemberAsync(founder, tin);
        var id = Id(await _company.DoAsync(member, "/company/changes", Change(), HttpStatusCode.Created));
        await host.AppointAsync(founder, "registrar");
        Assert.Equal("registration_own", await _company.CodeAsync(await host.AccessTokenAsync(founder, "operators.write", tin), $"/officer/changes/{id}/confirm", """{"source":"x"}"""));
        var officer = await _company.RegistrarAsync();
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE operators SET version = 7 WHERE tin = @tin", new { tin }), TestContext.Current.CancellationToken);
        Assert.Equal("change_overtaken", await _company.CodeAsync(officer, $"/officer/changes/{id}/confirm", """{"source":"x"}"""));
        Assert.Equal("refused", (await _company.DoAsync(officer, $"/officer/changes/{id}/refuse", """{"text":"Declare it anew."}""")).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("""{"entity":{"legalName":"X","jurisdiction":"NL","identifiers":[{"scheme":"lei","value":"506700GE1G29325QX363"}]},"grounds":"g"}""", "change_of_number")]
    [InlineData("""{"entity":{"legalName":"X","jurisdiction":"NL","tin":"NL1"},"grounds":"g"}""", "change_of_number")]
    [InlineData("""{"entity":{"legalName":" ","jurisdiction":"NL"},"grounds":"g"}""", "text_invalid")]
    [InlineData("""{"entity":{"legalName":"X","jurisdiction":"NL"},"grounds":""}""", "change_grounds_invalid")]
    [InlineData("""{"entity":{"legalName":"Example Tea Traders B.V.","jurisdiction":"NL","registeredAddress":{"street":"Examplekade 7","locality":"Rotterdam","postalCode":"3011 AA","country":"NL"},"roles":["IM"]},"grounds":"g"}""", "change_nothing")]
    public async Task What_is_no_change_is_refused(string body, string code)
    {
        var (founder, tin) = await _company.FoundAsync();
        Assert.Equal(code, await _company.CodeAsync(await _company.MemberAsync(founder, tin), "/company/changes", body));
    }

    private static string Change() =>
        """{"entity":{"legalName":"Example Coffee Traders B.V.","jurisdiction":"NL","registeredAddress":{"street":"Examplekade 9","locality":"Rotterdam","postalCode":"3011 AA","country":"NL"},"roles":["IM","WH"]},"grounds":"Renamed on 1 March."}""";

    private static string? Id(JsonElement change) => change.GetProperty("id").GetString();

    private static JsonElement.ArrayEnumerator Items(JsonElement page) => page.GetProperty("items").EnumerateArray();
}
