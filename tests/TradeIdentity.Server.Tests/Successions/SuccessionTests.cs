using System.Net;
using System.Text.Json;
using TradeIdentity.Server.Tests.Companies;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Successions;

/// <summary>Successions over the API, by two people of the right roles.</summary>
public sealed class SuccessionTests(PersonHost host) : IClassFixture<PersonHost>
{
    private readonly Company _company = new(host);

    [Fact]
    public async Task Two_officers_merge_a_company_and_everybody_reads_what_became_of_it()
    {
        var (founder, tin) = await _company.FoundAsync();
        var (_, into) = await _company.FoundAsync();
        var (registrar, approver) = (await OfficerAsync("registrar"), await OfficerAsync("approver"));
        var proposed = await _company.DoAsync(registrar, "/officer/successions", Merger(tin, into), HttpStatusCode.Created);
        var id = proposed.GetProperty("id").GetString();
        Assert.Contains(
            (await _company.ReadAsync(registrar, "/officer/successions?open=true&limit=200")).GetProperty("items").EnumerateArray(), item => item.GetProperty("id").GetString() == id);
        var end = Assert.Single((await _company.ReadAsync(registrar, $"/officer/successions/{id}")).GetProperty("ends").EnumerateArray());
        Assert.Equal((tin, 0, 0), (end.GetProperty("tin").GetString(), end.GetProperty("credentials").GetInt32(), end.GetProperty("mandates").GetInt32()));
        Assert.False((await _company.ReadAsync(registrar, $"/operators/{tin}")).TryGetProperty("succession", out _));

        Assert.Equal("approved", (await _company.DoAsync(approver, $"/officer/successions/{id}/approve")).GetProperty("state").GetString());

        var succession = (await _company.ReadAsync(registrar, $"/operators/{tin}")).GetProperty("succession");
        Assert.Equal(("merged", "2026-03-01", into), (
            succession.GetProperty("kind").GetString(), succession.GetProperty("effectiveOn").GetString(), Assert.Single(succession.GetProperty("successors").EnumerateArray()).GetString()));
        Assert.Equal("operator_ended", await _company.CodeAsync(
            await _company.MemberAsync(founder, tin), "/company/changes", """{"entity":{"legalName":"X","jurisdiction":"NL","registeredAddress":{"street":"Examplekade 8","locality":"Rotterdam","postalCode":"3011 AA","country":"NL"},"roles":["IM"]},"grounds":"g"}"""));
        Assert.Equal("succession_settled", await _company.CodeAsync(approver, $"/officer/successions/{id}/approve"));
    }

    [Fact]
    public async Task The_scope_is_not_the_role()
    {
        var (_, tin) = await _company.FoundAsync();
        var (_, into) = await _company.FoundAsync();
        var (registrar, approver) = (await OfficerAsync("registrar"), await OfficerAsync("approver"));
        Assert.Equal("forbidden", await _company.CodeAsync(await _company.RegistrarAsync(), "/officer/successions", Merger(tin, into)));
        Assert.Equal("registrar_required", await _company.CodeAsync(approver, "/officer/successions", Merger(tin, into)));
        var id = (await _company.DoAsync(registrar, "/officer/successions", Merger(tin, into), HttpStatusCode.Created)).GetProperty("id").GetString();
        Assert.Equal("approver_required", await _company.CodeAsync(registrar, $"/officer/successions/{id}/approve"));
        Assert.Equal("approver_required", await _company.CodeAsync(registrar, $"/officer/successions/{id}/turn-down", """{"reason":"x"}"""));
        Assert.Equal("registrar_required", await _company.CodeAsync(approver, $"/officer/successions/{id}/withdraw"));
        Assert.Equal("turned-down", (await _company.DoAsync(approver, $"/officer/successions/{id}/turn-down", """{"reason":"The deed names another."}""")).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("""{"kind":"swallowed","predecessors":["NL1"],"successors":["NL2"],"effectiveOn":"2026-03-01","legalGround":"x"}""", "body_invalid")]
    [InlineData("""{"kind":"merged","predecessors":["nl 1"],"successors":["NL2"],"effectiveOn":"2026-03-01","legalGround":"x"}""", "tin_malformed")]
    [InlineData("""{"kind":"merged","predecessors":["NL1","NL2","NL3","NL4","NL5","NL6","NL7","NL8","NL9","NL10","NL11"],"successors":["NLX"],"effectiveOn":"2026-03-01","legalGround":"x"}""", "body_invalid")]
    [InlineData("""{"kind":"merged","predecessors":["NL1"],"successors":["NL2"],"effectiveOn":"1 March","legalGround":"x"}""", "body_invalid")]
    [InlineData("""{"kind":"merged","predecessors":["NLNONE1"],"successors":["NLNONE2"],"effectiveOn":"2026-03-01","legalGround":"x"}""", "operator_unknown")]
    [InlineData("""{"kind":"renamed","predecessors":["NL1"],"successors":["NL1"],"effectiveOn":"2026-03-01","legalGround":"x"}""", "succession_invalid")]
    public async Task What_is_wrong_is_named(string body, string code) =>
        Assert.Equal(code, await _company.CodeAsync(await OfficerAsync("registrar"), "/officer/successions", body));

    private static string Merger(string from, string into) =>
        JsonSerializer.Serialize(new { kind = "merged", predecessors = new[] { from }, successors = new[] { into }, effectiveOn = "2026-03-01", legalGround = "Deed of merger" });

    private async Task<string> OfficerAsync(string role)
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, role);
        return await host.AccessTokenAsync(account, "successions.decide operators.read");
    }
}
