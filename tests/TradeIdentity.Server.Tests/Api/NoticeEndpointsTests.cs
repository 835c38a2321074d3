using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>Notices over the API: of the person of the token, and of the operator that it names.</summary>
public sealed class NoticeEndpointsTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_representative_reads_of_the_mandate_marks_it_as_seen_and_only_what_is_theirs()
    {
        var importer = await host.AccessTokenAsync(await host.RegisterAsync(PersonHost.Tin), "mandates.write", PersonHost.Tin);
        var reader = await host.RegisterAsync(PersonHost.OtherTin);
        var broker = await host.AccessTokenAsync(reader, "notices.read", PersonHost.OtherTin);
        using var granted = await SendAsync(HttpMethod.Post, "/api/v1/mandates", importer, $$"""
            {"grantor":"{{PersonHost.Tin}}","representative":{"tin":"{{PersonHost.OtherTin}}"},"kind":"direct","validUntil":"2029-12-31T00:00:00Z"}
            """);
        var mandate = (await OpenIdHost.JsonAsync(granted)).GetProperty("id").GetString();

        var notice = Assert.Single(await ListAsync(broker));
        Assert.Equal(
            ("mandate-granted", mandate, "A mandate was granted", true),
            (notice.GetProperty("kind").GetString(), notice.GetProperty("about").GetString(), notice.GetProperty("subject").GetString(), notice.GetProperty("isNew").GetBoolean()));
        using var seen = await SendAsync(HttpMethod.Post, "/api/v1/notices/seen", broker, $$"""{"until":"{{notice.GetProperty("id").GetString()}}"}""");
        Assert.Equal(HttpStatusCode.NoContent, seen.StatusCode);
        Assert.False(Assert.Single(await ListAsync(broker)).GetProperty("isNew").GetBoolean());

        // A token that names no operator reads what is the person's own.
        var stranger = await host.AccessTokenAsync(await host.RegisterAsync(), "notices.read");
        Assert.Empty(await ListAsync(stranger));
        using var foreign = await SendAsync(HttpMethod.Post, "/api/v1/notices/seen", stranger, $$"""{"until":"{{notice.GetProperty("id").GetString()}}"}""");
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "notice_unknown", foreign);
    }

    [Theory]
    [InlineData("?limit=0", "limit_invalid")]
    [InlineData("?cursor=%00", "query_invalid")]
    public async Task What_is_wrong_has_a_code(string query, string code)
    {
        var token = await host.AccessTokenAsync(await host.RegisterAsync(PersonHost.Tin), "notices.read", PersonHost.Tin);
        using var response = await SendAsync(HttpMethod.Get, "/api/v1/notices" + query, token);
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, code, response);
    }

    private async Task<List<JsonElement>> ListAsync(string token)
    {
        using var response = await SendAsync(HttpMethod.Get, "/api/v1/notices", token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. (await OpenIdHost.JsonAsync(response)).GetProperty("items").EnumerateArray()];
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string token, string? json = null) => host.Http.SendAsync(
        new HttpRequestMessage(method, path)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
        },
        Cancellation);
}
