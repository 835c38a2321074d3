using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>Mandates over the API: by people for the operators they act for, and by the authority's own system.</summary>
public sealed class MandateEndpointsTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Secret = "the-secret-of-the-back-office-0123456789-0123";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mandate_is_granted_accepted_shown_and_revoked()
    {
        var (importer, broker) = (await TokenAsync(PersonHost.Tin), await TokenAsync(PersonHost.OtherTin));
        using var granted = await PostAsync("", importer, Offer(""","scope":{"declarations":["import"],"procedures":["40"],"places":["NLRTM"],"valueLimit":{"amount":250000,"currency":"EUR"}},"mayDelegate":1"""));
        Assert.Equal(HttpStatusCode.Created, granted.StatusCode);
        var mandate = await OpenIdHost.JsonAsync(granted);
        var id = mandate.GetProperty("id").GetString()!;
        Assert.Equal($"/api/v1/mandates/{id}", granted.Headers.Location!.OriginalString);
        Assert.Equal((false, "not_accepted", "offered"), Standing(mandate));

        using var accepted = await PostAsync($"/{id}/accept", broker);
        Assert.Equal((true, null, "accepted"), Standing(await OpenIdHost.JsonAsync(accepted)));
        using var shown = await GetAsync($"/{id}", importer);
        var read = await OpenIdHost.JsonAsync(shown);
        Assert.Equal(250_000, read.GetProperty("scope").GetProperty("valueLimit").GetProperty("amount").GetInt64());
        Assert.Equal(PersonHost.OtherTin, Assert.Single(read.GetProperty("chain").EnumerateArray()).GetProperty("representative").GetProperty("tin").GetString());

        using var ended = await PostAsync($"/{id}/end", importer, """{"ground":"the contract ended"}""");
        Assert.Equal((false, "ended", "revoked"), Standing(await OpenIdHost.JsonAsync(ended)));
        using var again = await PostAsync($"/{id}/end", broker, """{"ground":"again"}""");
        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "mandate_ended", again);
    }

    [Fact]
    public async Task A_person_sees_and_does_what_is_of_the_operator_that_they_act_for()
    {
        var (importer, broker) = (await TokenAsync(PersonHost.Tin), await TokenAsync(PersonHost.OtherTin));
        using var granted = await PostAsync("", importer, Offer());
        var id = (await OpenIdHost.JsonAsync(granted)).GetProperty("id").GetString()!;

        using var forged = await PostAsync("", broker, Offer());
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "mandate_not_yours", forged);
        using var own = await PostAsync($"/{id}/accept", importer);
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "mandate_not_yours", own);
        using var others = await GetAsync($"?grantor={PersonHost.Tin}", broker);
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "mandate_not_yours", others);

        using var list = await GetAsync($"?representative={PersonHost.OtherTin}&limit=200", broker);
        Assert.Contains((await OpenIdHost.JsonAsync(list)).GetProperty("items").EnumerateArray(), item => item.GetProperty("id").GetString() == id);
    }

    [Fact]
    public async Task A_stranger_is_not_told_that_a_mandate_exists()
    {
        using var granted = await PostAsync("", await TokenAsync(PersonHost.Tin), Offer());
        var id = (await OpenIdHost.JsonAsync(granted)).GetProperty("id").GetString()!;
        var account = await host.RegisterAsync(PersonHost.Tin);
        var idle = await host.AccessTokenAsync(account, "mandates.write");
        await host.EndMembershipsAsync(account);

        // The token still names the operator; the act asks the register, and the list does not need it.
        using var late = await PostAsync("", idle, Offer());
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "mandate_not_yours", late);
        using var unknown = await GetAsync("/none", idle);
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "mandate_unknown", unknown);
        using var hidden = await GetAsync($"/{id}", await PersonOfNothingAsync());
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "mandate_unknown", hidden);
    }

    [Fact]
    public async Task A_natural_person_accepts_and_renounces_their_own()
    {
        var employee = await host.RegisterAsync(PersonHost.OtherTin);
        var token = await host.AccessTokenAsync(employee, "mandates.write");
        using var granted = await PostAsync("", await TokenAsync(PersonHost.Tin), Offer(representative: $$"""{"account":"{{employee}}"}"""));
        var id = (await OpenIdHost.JsonAsync(granted)).GetProperty("id").GetString()!;

        using var accepted = await PostAsync($"/{id}/accept", token);
        Assert.Equal((true, null, "accepted"), Standing(await OpenIdHost.JsonAsync(accepted)));
        using var list = await GetAsync($"?account={employee}", token);
        Assert.Equal(id, Assert.Single((await OpenIdHost.JsonAsync(list)).GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        using var ended = await PostAsync($"/{id}/end", token, """{"ground":"I left"}""");
        Assert.Equal((false, "ended", "renounced"), Standing(await OpenIdHost.JsonAsync(ended)));
    }

    [Fact]
    public async Task The_back_office_enters_what_it_has_on_paper()
    {
        var office = await BackOfficeAsync();
        using var without = await PostAsync("", office, Offer());
        await ProblemAssert.IsAsync(HttpStatusCode.UnprocessableEntity, "mandate_evidence_missing", without);
        using var entered = await PostAsync("", office, Offer(""","evidence":"Deed 2026/17" """));
        Assert.Equal(HttpStatusCode.Created, entered.StatusCode);
        var id = (await OpenIdHost.JsonAsync(entered)).GetProperty("id").GetString()!;
        using var accepted = await PostAsync($"/{id}/accept", office);
        Assert.Equal((true, null, "accepted"), Standing(await OpenIdHost.JsonAsync(accepted)));
    }

    [Theory]
    [InlineData("{}", "body_invalid", HttpStatusCode.BadRequest)]
    [InlineData("""{"grantor":"NL854502130","representative":{"tin":"CHDEMO0001"},"kind":"direct","validUntil":"2027-01-01T00:00:00Z","extra":1}""", "body_invalid", HttpStatusCode.BadRequest)]
    [InlineData("""{"grantor":"NL854502130","grantor":"NL854502130","representative":{"tin":"CHDEMO0001"},"kind":"direct","validUntil":"2027-01-01T00:00:00Z"}""", "body_invalid", HttpStatusCode.BadRequest)]
    [InlineData("""{"grantor":"NL854502130","representative":{"tin":"CHDEMO0001"},"kind":"direct","validUntil":"soon"}""", "body_invalid", HttpStatusCode.BadRequest)]
    [InlineData("""{"grantor":"nl 8545","representative":{"tin":"CHDEMO0001"},"kind":"direct","validUntil":"2027-01-01T00:00:00Z"}""", "tin_malformed", HttpStatusCode.BadRequest)]
    [InlineData("""{"grantor":"NL854502130","representative":{"tin":"CHDEMO0001","account":"x"},"kind":"direct","validUntil":"2027-01-01T00:00:00Z"}""", "mandate_invalid", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"grantor":"NL854502130","representative":{},"kind":"direct","validUntil":"2027-01-01T00:00:00Z"}""", "mandate_invalid", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"grantor":"NL854502130","representative":{"tin":"CHDEMO0001"},"kind":"2","validUntil":"2027-01-01T00:00:00Z"}""", "mandate_invalid", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"grantor":"NL854502130","representative":{"tin":"CHDEMO0001"},"kind":"direct","validUntil":"2027-01-01T00:00:00Z","scope":{"valueLimit":{"amount":-1,"currency":"EUR"}}}""", "mandate_invalid", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"grantor":"NL854502130","representative":{"tin":"CHDEMO0001"},"kind":"direct","validUntil":"2020-01-01T00:00:00Z"}""", "mandate_invalid", HttpStatusCode.UnprocessableEntity)]
    public async Task What_is_not_an_offer_is_refused(string body, string code, HttpStatusCode status)
    {
        using var response = await PostAsync("", await TokenAsync(PersonHost.Tin), body);
        await ProblemAssert.IsAsync(status, code, response);
    }

    [Theory]
    [InlineData("", "query_invalid")]
    [InlineData("?grantor=NL854502130&representative=NL854502130", "query_invalid")]
    [InlineData("?grantor=nl", "tin_malformed")]
    [InlineData("?grantor=NL854502130&limit=0", "limit_invalid")]
    [InlineData("?grantor=NL854502130&limit=201", "limit_invalid")]
    public async Task What_is_not_a_list_is_refused(string query, string code)
    {
        using var response = await GetAsync(query, await TokenAsync(PersonHost.Tin));
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, code, response);
    }

    private static string Offer(string more = "", string representative = $$"""{"tin":"{{PersonHost.OtherTin}}"}""") =>
        $$"""{"grantor":"{{PersonHost.Tin}}","representative":{{representative}},"kind":"direct","validUntil":"{{DateTimeOffset.UnixEpoch.AddYears(60):O}}"{{more}}}""";

    private static (bool Holds, string? Fault, string? State) Standing(JsonElement mandate) =>
        (mandate.GetProperty("holds").GetBoolean(), mandate.TryGetProperty("fault", out var fault) ? fault.GetString() : null, mandate.GetProperty("state").GetString());

    private async Task<string> TokenAsync(string tin) => await host.AccessTokenAsync(await host.RegisterAsync(tin), "mandates.write");

    // Who may ask, and acts for an operator that is no party.
    private Task<string> PersonOfNothingAsync() => TokenAsync("CHDEMO0002");

    private async Task<string> BackOfficeAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(
            new OpenIddictApplicationDescriptor
            {
                ClientId = "back-office",
                ClientSecret = Secret,
                Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials, Permissions.Prefixes.Scope + "mandates.write" },
            },
            Cancellation);
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "back-office"), new("client_secret", Secret), new("scope", "mandates.write")]);
        using var answer = await host.Http.PostAsync(new Uri("/connect/token", UriKind.Relative), form, Cancellation);
        return (await OpenIdHost.JsonAsync(answer)).GetProperty("access_token").GetString()!;
    }

    private Task<HttpResponseMessage> GetAsync(string path, string token) => host.GetAsync("/api/v1/mandates" + path, bearer: token);

    private Task<HttpResponseMessage> PostAsync(string path, string token, string? body = null) => host.SendAsync(HttpMethod.Post, "/api/v1/mandates" + path, token, body);
}
