using System.Net;
using System.Text.Json;

namespace TradeIdentity.Server.Tests.Api;

[Collection(OnOneServer.Name)]
public sealed class AuditEndpointsTests(ServerFixture server)
{
    [Fact]
    public async Task Entries_are_listed_by_subject_with_what_was_done()
    {
        var issued = await server.IssueAsync("USDEMO0009", "LegalIdentity");
        using var response = await server.GetAsync($"/api/v1/audit?subject=credential%3A{issued.GetProperty("id").GetString()}");
        var entry = Assert.Single((await ServerFixture.JsonAsync(response)).GetProperty("items").EnumerateArray());
        Assert.Equal("credential-issued", entry.GetProperty("act").GetString());
        Assert.Matches("^[0-9a-f]{64}$", entry.GetProperty("hash").GetString()!);

        using var one = await server.GetAsync($"/api/v1/audit/{entry.GetProperty("sequence").GetInt64()}");
        Assert.Equal(entry.GetRawText(), (await ServerFixture.JsonAsync(one)).GetRawText());
    }

    [Fact]
    public async Task Pages_follow_each_other_by_their_cursor()
    {
        using var both = await server.GetAsync("/api/v1/audit?limit=2&until=2999-01-01&from=2000-01-01");
        var cursor = (await ServerFixture.JsonAsync(both)).GetProperty("nextCursor").GetString();
        using var next = await server.GetAsync($"/api/v1/audit?limit=2&cursor={cursor}");
        Assert.Equal(long.Parse(cursor!, System.Globalization.CultureInfo.InvariantCulture) - 1, Numbers(await ServerFixture.JsonAsync(next))[0]);
    }

    [Fact]
    public async Task The_chain_is_verified_from_its_beginning_and_from_a_head()
    {
        var whole = await VerifyAsync("{}");
        Assert.True(whole.GetProperty("intact").GetBoolean());
        Assert.True(whole.GetProperty("entries").GetInt64() > 10);
        var head = whole.GetProperty("head").GetRawText();

        var rest = await VerifyAsync($$"""{"after":{{head}}}""");
        Assert.True(rest.GetProperty("intact").GetBoolean() && rest.GetProperty("isEnd").GetBoolean());
        Assert.True(rest.GetProperty("entries").GetInt64() < 10);

        var other = await VerifyAsync($$$"""{"after":{"sequence":1,"hash":"{{{new string('a', 64)}}}"}}""");
        Assert.False(other.GetProperty("intact").GetBoolean());
        Assert.Equal((2, "predecessorRewritten"), (other.GetProperty("brokenAt").GetInt64(), other.GetProperty("fault").GetString()));
    }

    [Theory]
    [InlineData("/api/v1/audit?cursor=-1", HttpStatusCode.BadRequest, "cursor_invalid")]
    [InlineData("/api/v1/audit?cursor=x", HttpStatusCode.BadRequest, "cursor_invalid")]
    [InlineData("/api/v1/audit?limit=0", HttpStatusCode.BadRequest, "limit_invalid")]
    [InlineData("/api/v1/audit?from=yesterday", HttpStatusCode.BadRequest, "request_invalid")]
    [InlineData("/api/v1/audit/999999999", HttpStatusCode.NotFound, "audit_entry_unknown")]
    public async Task What_is_not_there_or_is_malformed_is_a_problem(string path, HttpStatusCode status, string code)
    {
        using var response = await server.GetAsync(path);
        await ProblemAssert.IsAsync(status, code, response);
    }

    [Theory]
    [InlineData("""{"after":{"sequence":-1,"hash":"0000000000000000000000000000000000000000000000000000000000000000"}}""")]
    [InlineData("""{"after":{"sequence":1,"hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}""")]
    [InlineData("""{"after":{"sequence":1,"hash":""}}""")]
    public async Task A_head_that_is_none_is_refused(string body)
    {
        using var response = await server.PostJsonAsync("/api/v1/audit/verifications", body);
        await ProblemAssert.IsAsync(HttpStatusCode.UnprocessableEntity, "audit_head_invalid", response);
    }

    private async Task<JsonElement> VerifyAsync(string body)
    {
        using var response = await server.PostJsonAsync("/api/v1/audit/verifications", body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ServerFixture.JsonAsync(response);
    }

    private static List<long> Numbers(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("sequence").GetInt64())];
}
