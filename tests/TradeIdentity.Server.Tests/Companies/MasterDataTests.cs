using System.Net;
using System.Text.Json;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.ClientChoices;

namespace TradeIdentity.Server.Tests.Companies;

public sealed class MasterDataOnSqliteTests(PersonHost host) : MasterDataTests(host), IClassFixture<PersonHost>;

public sealed class MasterDataOnPostgreSqlTests(PostgreSqlPersonHost host) : MasterDataTests(host), IClassFixture<PostgreSqlPersonHost>;

/// <summary>Partner administrations are told of a company as long as it consents, over the API.</summary>
public abstract class MasterDataTests(PersonHost host)
{
    private readonly Company _company = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_partner_is_told_of_an_operator_from_its_consent_to_its_withdrawal()
    {
        var (founder, tin) = await _company.FoundAsync();
        await GrantAsync(tin);
        var (member, partner) = (await _company.MemberAsync(founder, tin, "entities.own notices.read"), await PartnerAsync());
        Assert.False((await _company.ReadAsync(member, "/company/master-data")).GetProperty("released").GetBoolean());
        Assert.Null(await ToldAsync(partner, tin));

        await _company.DoAsync(member, "/company/master-data/release");
        var told = (await ToldAsync(partner, tin))!.Value;
        // The master data of the SAFE Framework, and nothing else that the register knows.
        Assert.Equal(["tin", "legalName", "registeredAddress", "aeo"], told.EnumerateObject().Select(member => member.Name));
        var aeo = Assert.Single(told.GetProperty("aeo").EnumerateArray());
        Assert.Equal(("AEOC", "granted", "2026-01-01"), (aeo.GetProperty("component").GetString(), aeo.GetProperty("status").GetString(), aeo.GetProperty("grantedFrom").GetString()));
        Assert.False(aeo.TryGetProperty("authorisationNumber", out _));
        Assert.Equal("master_data_released", await _company.CodeAsync(member, "/company/master-data/release"));

        await _company.DoAsync(member, "/company/master-data/withdraw");
        Assert.Null(await ToldAsync(partner, tin));
        Assert.Equal("master_data_not_released", await _company.CodeAsync(member, "/company/master-data/withdraw"));
        await _company.DoAsync(member, "/company/master-data/release");
        var all = await _company.ReadAsync(member, "/company/master-data");
        Assert.True(all.GetProperty("released").GetBoolean());
        Assert.Equal([false, true], all.GetProperty("items").EnumerateArray().Select(item => item.TryGetProperty("withdrawnAt", out _)));
        Assert.Equal(
            ["master-data-released", "master-data-withdrawn", "master-data-released"],
            (await _company.ReadAsync(member, "/notices")).GetProperty("items").EnumerateArray().Select(notice => notice.GetProperty("kind").GetString()!).Where(kind => kind.StartsWith("master-data", StringComparison.Ordinal)));
        Assert.Equal(3, await CountAsync("SELECT COUNT(*) FROM audit_entries WHERE subject = @about AND act LIKE 'master-data-%'", $"operator:{tin}"));
    }

    [Fact]
    public async Task Of_those_who_sign_jointly_it_takes_two_to_consent_and_one_to_withdraw()
    {
        var (founder, tin) = await _company.FoundAsync();
        var administrator = await _company.MemberAsync(founder, tin);
        const string Joint = """{"powers":["aeo"],"signature":"joint"}""";
        var first = await _company.MemberAsync(await _company.JoinAsync(administrator, Joint), tin);
        var second = await _company.MemberAsync(await _company.JoinAsync(administrator, Joint), tin);
        Assert.Equal("joint_signature_required", await _company.CodeAsync(first, "/company/master-data/release"));
        Assert.Equal("joint_act_invalid", await _company.CodeAsync(first, "/company/joint-acts", """{"masterData":"all"}"""));
        var id = (await _company.DoAsync(first, "/company/joint-acts", """{"masterData":"release"}""", HttpStatusCode.Created)).GetProperty("id").GetString();
        Assert.False((await _company.ReadAsync(first, "/company/master-data")).GetProperty("released").GetBoolean());
        await _company.DoAsync(second, $"/company/joint-acts/{id}/sign");
        var held = (await _company.ReadAsync(first, "/company/master-data")).GetProperty("items")[0];
        Assert.NotEqual(held.GetProperty("givenBy").GetString(), held.GetProperty("coSignedBy").GetString());
        await _company.DoAsync(first, "/company/master-data/withdraw");
        Assert.False((await _company.ReadAsync(second, "/company/master-data")).GetProperty("released").GetBoolean());
    }

    [Fact]
    public async Task Nobody_consents_for_a_company_without_the_power()
    {
        var (founder, tin) = await _company.FoundAsync();
        var administrator = await _company.MemberAsync(founder, tin);
        var powerless = await _company.MemberAsync(await _company.JoinAsync(administrator, """{"powers":["mandates"]}"""), tin);
        Assert.Equal("master_data_not_yours", await _company.CodeAsync(powerless, "/company/master-data/release"));
        await _company.DoAsync(administrator, "/company/master-data/release");
        Assert.Equal("master_data_not_yours", await _company.CodeAsync(powerless, "/company/master-data/withdraw"));
        Assert.Equal("company_required", await _company.CodeAsync(await _company.PersonAsync(), "/company/master-data/release"));
        // Another company's member reaches their own alone.
        var (other, theirs) = await _company.FoundAsync();
        var stranger = await _company.MemberAsync(other, theirs);
        Assert.Equal("master_data_not_released", await _company.CodeAsync(stranger, "/company/master-data/withdraw"));
        Assert.True((await _company.ReadAsync(administrator, "/company/master-data")).GetProperty("released").GetBoolean());
    }

    [Fact]
    public async Task Pages_go_by_TIN_and_only_over_those_who_have_a_status()
    {
        var partner = await PartnerAsync();
        var tins = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var (founder, tin) = await _company.FoundAsync();
            await _company.DoAsync(await _company.MemberAsync(founder, tin), "/company/master-data/release");
            tins.Add(tin);
        }

        await GrantAsync(tins[0]);
        await GrantAsync(tins[1]);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _company.ReadAsync(partner, $"/master-data?limit=1{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("tin").GetString()!));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
        Assert.Equal(tins[..2], seen.Intersect(tins));
        using var odd = await host.GetAsync("/api/v1/master-data?cursor=%20x", bearer: partner);
        Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
    }

    [Fact]
    public async Task A_person_sees_and_withdraws_what_they_allow_over_the_API_too()
    {
        var account = await host.RegisterAsync();
        var token = await host.AccessTokenAsync(account, "privacy.own");
        var other = await host.AccessTokenAsync(await host.RegisterAsync(), "privacy.own");
        var consent = Assert.Single((await _company.ReadAsync(token, "/person/consents")).GetProperty("items").EnumerateArray());
        Assert.Contains("privacy.own", consent.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        var path = $"/api/v1/person/consents/{consent.GetProperty("id").GetString()}";
        using (var strange = await host.SendAsync(HttpMethod.Delete, path, other, ""))
        {
            Assert.Equal(HttpStatusCode.NotFound, strange.StatusCode);
        }

        using var withdrawn = await host.SendAsync(HttpMethod.Delete, path, token, "");
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        // The token with which it was asked ends with it.
        Assert.Equal(0, await CountAsync("SELECT COUNT(*) FROM openid_tokens WHERE subject = @about AND status = 'valid'", account));
    }

    private async Task<JsonElement?> ToldAsync(string partner, string tin)
    {
        var items = (await _company.ReadAsync(partner, "/master-data?limit=200")).GetProperty("items").EnumerateArray();
        return items.Where(item => item.GetProperty("tin").GetString() == tin).Select(item => (JsonElement?)item).SingleOrDefault();
    }

    private Task<long> CountAsync(string sql, string about) =>
        host.Database.ReadAsync(connection => Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, sql, new { about }), Cancellation);

    private async Task GrantAsync(string tin)
    {
        var registrar = await _company.RegistrarAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports/operators");
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", registrar);
        request.Content = new StringContent(
            $$$"""{"tin":"{{{tin}}}","legalName":"Example Tea Traders B.V.","jurisdiction":"NL","registeredAddress":{"locality":"Rotterdam","country":"NL"},"roles":["IM"],"aeo":[{"component":"AEOC","status":"granted","authorisationNumber":"NLAEOC1","effectiveFrom":"2026-01-01"}],"evidence":{"source":"test"}}""",
            System.Text.Encoding.UTF8,
            "application/x-ndjson");
        using var response = await host.Http.SendAsync(request, Cancellation);
        Assert.Contains("\"updated\"", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private async Task<string> PartnerAsync()
    {
        var partner = await ChoosingClient.RegisterAsync(host, "partner-" + Company.NewNumber(), [], "gt:client_credentials", "scp:master-data.read");
        using var answer = await partner.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "master-data.read"));
        return (await OpenIdHost.JsonAsync(answer)).GetProperty("access_token").GetString()!;
    }
}
