using System.Net;
using System.Text.Json;
using Dapper;
using TradeIdentity.Server.Tests.Companies;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.ClientChoices;

namespace TradeIdentity.Server.Tests.Api;

public sealed class UseNoticeOnSqliteTests(PersonHost host) : UseNoticeTests(host), IClassFixture<PersonHost>;

public sealed class UseNoticeOnPostgreSqlTests(PostgreSqlPersonHost host) : UseNoticeTests(host), IClassFixture<PostgreSqlPersonHost>;

/// <summary>A holder who asks for it is told that a credential was judged here, and whoever does not is not.</summary>
public abstract class UseNoticeTests(PersonHost host)
{
    private const string Path = "/api/v1/credentials/use-notices";

    private readonly Company _company = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_asks_is_told_once_a_day_for_each_kind_of_checker_and_not_of_whom()
    {
        var (founder, tin) = await _company.FoundAsync();
        var holder = await _company.MemberAsync(founder, tin, "entities.own credentials.own notices.read");
        var credential = await _company.DoAsync(holder, "/credentials/obtain", $$"""{"tin":"{{tin}}","type":"LegalIdentity"}""", HttpStatusCode.Created);
        var (text, id) = (credential.GetProperty("qrText").GetString()!, credential.GetProperty("id").GetString());
        var person = await host.AccessTokenAsync(await host.RegisterAsync(), "verification");
        await VerifyAsync(person, text);
        Assert.Empty(await ToldAsync(holder));
        Assert.False((await _company.ReadAsync(holder, "/credentials/use-notices")).TryGetProperty("askedAt", out _));

        await SendAsync(HttpMethod.Put, holder, HttpStatusCode.NoContent);
        await SendAsync(HttpMethod.Put, holder, HttpStatusCode.NoContent);
        Assert.True((await _company.ReadAsync(holder, "/credentials/use-notices")).TryGetProperty("askedAt", out _));
        await Task.WhenAll(VerifyAsync(person, text), VerifyAsync(person, text));
        await VerifyAsync(await host.AccessTokenAsync(await host.RegisterAsync(), "verification"), text);
        await VerifyAsync(await SystemAsync(), text);
        // What nobody signed is of no holder: it must not ring at anybody's.
        var last = text[^1] == '0' ? '1' : '0';
        await VerifyAsync(person, text[..^1] + last);
        var told = await ToldAsync(holder);
        Assert.Equal(["system", "person"], told.Select(notice => notice.GetProperty("facts").EnumerateArray().Single(fact => fact.GetProperty("name").GetString() == "checker").GetProperty("value").GetString()));
        Assert.All(told, notice => Assert.Equal(id, notice.GetProperty("about").GetString()));

        // The next day it is told again.
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE notices SET once = once || ' before' WHERE kind = 'credential-used' AND about = @id", new { id }), Cancellation);
        await VerifyAsync(person, text);
        Assert.Equal(3, (await ToldAsync(holder)).Count);
        await SendAsync(HttpMethod.Delete, holder, HttpStatusCode.NoContent);
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE notices SET once = once || ' before' WHERE kind = 'credential-used' AND about = @id", new { id }), Cancellation);
        await VerifyAsync(person, text);
        Assert.Equal(3, (await ToldAsync(holder)).Count);
        Assert.Equal(
            ["credential-use-notices-asked", "credential-use-notices-ended"],
            await host.Database.ReadAsync(
                async connection => await connection.QueryAsync<string>("SELECT act FROM audit_entries WHERE subject = @subject AND act LIKE 'credential-use%' ORDER BY sequence", new { subject = $"operator:{tin}" }), Cancellation));
    }

    [Fact]
    public async Task Only_a_member_with_the_power_asks_for_it()
    {
        var (founder, tin) = await _company.FoundAsync();
        var administrator = await _company.MemberAsync(founder, tin);
        var powerless = await _company.MemberAsync(await _company.JoinAsync(administrator, """{"powers":["aeo"]}"""), tin, "credentials.own");
        await SendAsync(HttpMethod.Put, powerless, HttpStatusCode.Forbidden);
        await SendAsync(HttpMethod.Delete, powerless, HttpStatusCode.Forbidden);
        // Nor one who was.
        var former = await _company.MemberAsync(founder, tin, "credentials.own");
        await host.EndMembershipsAsync(founder);
        await SendAsync(HttpMethod.Put, former, HttpStatusCode.Forbidden);
        await SendAsync(HttpMethod.Get, former, HttpStatusCode.Forbidden);
    }

    private async Task VerifyAsync(string token, string text)
    {
        using var response = await host.SendAsync(HttpMethod.Post, "/api/v1/verifications", token, JsonSerializer.Serialize(new { qrText = text }));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<List<JsonElement>> ToldAsync(string holder) =>
        [.. (await _company.ReadAsync(holder, "/notices")).GetProperty("items").EnumerateArray().Where(notice => notice.GetProperty("kind").GetString() == "credential-used")];

    private async Task SendAsync(HttpMethod method, string token, HttpStatusCode status)
    {
        using var response = await host.SendAsync(method, Path, token);
        Assert.Equal(status, response.StatusCode);
    }

    private async Task<string> SystemAsync()
    {
        var gate = await ChoosingClient.RegisterAsync(host, "gate-" + Company.NewNumber(), [], "gt:client_credentials", "scp:verification");
        using var answer = await gate.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "verification"));
        return (await OpenIdHost.JsonAsync(answer)).GetProperty("access_token").GetString()!;
    }
}
