using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Administration;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>A person obtains, replaces and ends credentials of the operator that their token names, and reaches no other's.</summary>
public sealed class HolderCredentialTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Path = "/api/v1/credentials";
    private const string Company = "DE000000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_credential_is_obtained_listed_shown_replaced_and_reported_lost()
    {
        var token = await TokenAsync(PersonHost.Tin);
        var first = await ObtainAsync(token, PersonHost.Tin, "AeoStatus");
        var id = first.GetProperty("id").GetString()!;
        Assert.Equal(PersonHost.Tin, first.GetProperty("tin").GetString());

        using var shown = await host.GetAsync($"{Path}/{id}", bearer: token);
        Assert.Equal(first.GetProperty("qrText").GetString(), (await ServerFixture.JsonAsync(shown)).GetProperty("qrText").GetString());
        foreach (var (file, media) in new[] { ("qr.png", "image/png"), ("qr.svg", "image/svg+xml"), ("card.pdf", "application/pdf") })
        {
            using var picture = await host.GetAsync($"{Path}/{id}/{file}", bearer: token);
            Assert.True(picture.StatusCode == HttpStatusCode.ServiceUnavailable || picture.Content.Headers.ContentType!.MediaType == media, file);
        }

        using var replaced = await host.SendAsync(HttpMethod.Post, $"{Path}/{id}/replace", token);
        Assert.Equal(HttpStatusCode.Created, replaced.StatusCode);
        var next = (await ServerFixture.JsonAsync(replaced)).GetProperty("id").GetString()!;
        using var old = await host.GetAsync($"{Path}/{id}", bearer: token);
        var ended = await ServerFixture.JsonAsync(old);
        Assert.Equal(("replaced", next, "revoked"), (ended.GetProperty("endedAs").GetString(), ended.GetProperty("replacedBy").GetString(), ended.GetProperty("status").GetProperty("value").GetString()));

        using var lost = await host.SendAsync(HttpMethod.Post, $"{Path}/{next}/report-lost", token, """{"ground":"Left in a lorry."}""");
        Assert.Equal("reported_lost", (await ServerFixture.JsonAsync(lost)).GetProperty("endedAs").GetString());
        await RefusedAsync(HttpStatusCode.Conflict, "credential_ended", await host.SendAsync(HttpMethod.Post, $"{Path}/{next}/report-lost", token, """{"ground":"Again."}"""));
        await RefusedAsync(HttpStatusCode.Conflict, "credential_revoked", await host.SendAsync(HttpMethod.Post, $"{Path}/{next}/replace", token));

        using var list = await host.GetAsync($"{Path}?type=AeoStatus&state=revoked&limit=1", bearer: token);
        var page = await ServerFixture.JsonAsync(list);
        Assert.True(page.GetProperty("total").GetInt32() >= 2);
        using var rest = await host.GetAsync($"{Path}?type=AeoStatus&state=revoked&cursor={page.GetProperty("nextCursor").GetString()}", bearer: token);
        Assert.DoesNotContain((await ServerFixture.JsonAsync(rest)).GetProperty("items").EnumerateArray(), item => item.GetProperty("id").GetString() == page.GetProperty("items")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Another_operators_credential_is_not_there_for_a_holder_and_is_for_an_officer()
    {
        var owner = await TokenAsync(Company);
        var id = (await ObtainAsync(owner, Company, "LegalIdentity")).GetProperty("id").GetString()!;
        // Of both entities: the token of one does not reach the other.
        var both = await host.RegisterAsync(PersonHost.Tin, Company);
        foreach (var stranger in new[] { await TokenAsync(PersonHost.OtherTin), await host.AccessTokenAsync(both, "credentials.own", PersonHost.Tin) })
        {
            foreach (var what in new[] { "", "/qr.png", "/qr.svg", "/card.pdf" })
            {
                await RefusedAsync(HttpStatusCode.NotFound, "credential_unknown", await host.GetAsync($"{Path}/{id}{what}", bearer: stranger));
            }

            await RefusedAsync(HttpStatusCode.NotFound, "credential_unknown", await host.SendAsync(HttpMethod.Post, $"{Path}/{id}/replace", stranger));
            await RefusedAsync(HttpStatusCode.NotFound, "credential_unknown", await host.SendAsync(HttpMethod.Post, $"{Path}/{id}/report-lost", stranger, """{"ground":"Ours, we say."}"""));
            await RefusedAsync(HttpStatusCode.Forbidden, "credential_holder_required", await SendAsync("/obtain", stranger, $$"""{"tin":"{{Company}}","type":"LegalIdentity"}"""));
        }

        var officer = await host.RegisterAsync();
        await host.AppointAsync(officer, AccountRoles.Registrar);
        using var card = await host.GetAsync($"{Path}/{id}/card.pdf", bearer: await host.AccessTokenAsync(officer, "operators.read"));
        Assert.True(card.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Who_acts_for_the_operator_no_more_or_is_locked_reaches_nothing_with_a_token_of_before()
    {
        var account = await host.RegisterAsync(Company);
        var token = await host.AccessTokenAsync(account, "credentials.own", Company);
        var id = (await ObtainAsync(token, Company, "LegalIdentity")).GetProperty("id").GetString()!;
        await host.EndMembershipsAsync(account);
        await RefusedAsync(HttpStatusCode.NotFound, "credential_unknown", await host.GetAsync($"{Path}/{id}", bearer: token));
        await RefusedAsync(HttpStatusCode.Forbidden, "credential_holder_required", await host.GetAsync(Path, bearer: token));
        await RefusedAsync(HttpStatusCode.Forbidden, "credential_holder_required", await SendAsync("/obtain", token, $$"""{"tin":"{{Company}}","type":"LegalIdentity"}"""));
        await RefusedAsync(HttpStatusCode.Forbidden, "credential_holder_required", await host.SendAsync(HttpMethod.Post, $"{Path}/{id}/replace", token));

        var other = await host.RegisterAsync(Company);
        var locked = await host.AccessTokenAsync(other, "credentials.own", Company);
        await using var scope = host.Services.CreateAsyncScope();
        Assert.Null((await scope.ServiceProvider.GetRequiredService<LockAccount>().ExecuteAsync(other, "officer", Cancellation)).Refusal);
        using var refused = await SendAsync("/obtain", locked, $$"""{"tin":"{{Company}}","type":"LegalIdentity"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData("""{"tin":"CHDEMO0001","type":"AeoStatus"}""", HttpStatusCode.Conflict, "aeo_not_granted")]
    [InlineData("""{"tin":"CHDEMO0001","type":"Passport"}""", HttpStatusCode.UnprocessableEntity, "credential_type_unknown")]
    [InlineData("""{"tin":"CHDEMO0001","type":"Mandate"}""", HttpStatusCode.UnprocessableEntity, "mandate_missing")]
    [InlineData("""{"tin":"CHDEMO0001","type":"Mandate","mandate":"\u0000"}""", HttpStatusCode.NotFound, "mandate_unknown")]
    [InlineData("""{"tin":"CHDEMO0001","type":"Mandate","mandate":"00000000000000000000000000000000"}""", HttpStatusCode.NotFound, "mandate_unknown")]
    [InlineData("""{"tin":"CHDEMO0001","type":"LegalIdentity","expiresAt":"2099-01-01"}""", HttpStatusCode.BadRequest, "body_invalid")]
    [InlineData("{}", HttpStatusCode.BadRequest, "body_invalid")]
    public async Task What_cannot_be_had_is_refused_with_its_reason(string body, HttpStatusCode status, string code) =>
        await RefusedAsync(status, code, await SendAsync("/obtain", await TokenAsync(PersonHost.OtherTin), body));

    [Theory]
    [InlineData("?cursor=%00", "query_invalid")]
    [InlineData("?cursor=", "cursor_invalid")]
    [InlineData("?cursor=' OR 1=1", "cursor_invalid")]
    [InlineData("?limit=0", "limit_invalid")]
    [InlineData("?limit=201", "limit_invalid")]
    [InlineData("?type=aeostatus", "query_invalid")]
    [InlineData("?state=%00", "query_invalid")]
    public async Task A_question_that_is_not_one_is_told_so(string query, string code) =>
        await RefusedAsync(HttpStatusCode.BadRequest, code, await host.GetAsync(Path + query, bearer: await TokenAsync(PersonHost.OtherTin)));

    [Fact]
    public async Task A_cursor_beyond_all_time_is_before_everything()
    {
        using var response = await host.GetAsync($"{Path}?cursor={new string('f', 32)}", bearer: await TokenAsync(PersonHost.Tin));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<string> TokenAsync(string tin) => await host.AccessTokenAsync(await host.RegisterAsync(tin), "credentials.own", tin);

    private Task<HttpResponseMessage> SendAsync(string path, string token, string body) => host.SendAsync(HttpMethod.Post, Path + path, token, body);

    private async Task<JsonElement> ObtainAsync(string token, string tin, string type)
    {
        using var response = await SendAsync("/obtain", token, $$"""{"tin":"{{tin}}","type":"{{type}}"}""");
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Cancellation));
        return await ServerFixture.JsonAsync(response);
    }

    private static async Task RefusedAsync(HttpStatusCode status, string code, HttpResponseMessage response)
    {
        using (response)
        {
            await ProblemAssert.IsAsync(status, code, response);
        }
    }
}
