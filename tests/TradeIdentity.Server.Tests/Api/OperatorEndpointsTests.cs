using System.Net;
using System.Text.Json;

namespace TradeIdentity.Server.Tests.Api;

[Collection(OnOneServer.Name)]
public sealed class OperatorEndpointsTests(ServerFixture server)
{
    [Fact]
    public async Task An_operator_is_shown_with_its_evidence_and_its_times_in_UTC()
    {
        using var response = await server.GetAsync($"/api/v1/operators/{ServerFixture.AeoTin}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var found = await ServerFixture.JsonAsync(response);
        Assert.Equal(ServerFixture.AeoTin, found.GetProperty("tin").GetString());
        Assert.Contains(found.GetProperty("aeo").EnumerateArray(), component => component.GetProperty("status").GetString() == "granted");
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", found.GetProperty("createdAt").GetString()!);
        Assert.Matches("Z$", found.GetProperty("evidence").GetProperty("assertedAt").GetString()!);
    }

    [Theory]
    [InlineData("/api/v1/operators/NL000000404", HttpStatusCode.NotFound, "operator_unknown")]
    [InlineData("/api/v1/operators/nl854502130", HttpStatusCode.BadRequest, "tin_malformed")]
    [InlineData("/api/v1/operators/NL%20854502130", HttpStatusCode.BadRequest, "tin_malformed")]
    [InlineData("/api/v1/operators/NL000000404/lookalikes", HttpStatusCode.NotFound, "operator_unknown")]
    [InlineData("/api/v1/operators/N/credentials", HttpStatusCode.BadRequest, "tin_malformed")]
    [InlineData("/api/v1/operators?cursor=!", HttpStatusCode.BadRequest, "cursor_invalid")]
    [InlineData("/api/v1/operators?limit=0", HttpStatusCode.BadRequest, "limit_invalid")]
    [InlineData("/api/v1/operators?limit=many", HttpStatusCode.BadRequest, "request_invalid")]
    [InlineData("/api/v1/operators?query=%07", HttpStatusCode.BadRequest, "query_invalid")]
    public async Task What_is_not_there_or_is_malformed_is_a_problem(string path, HttpStatusCode status, string code)
    {
        using var response = await server.GetAsync(path);
        await ProblemAssert.IsAsync(status, code, response);
    }

    [Fact]
    public async Task A_search_finds_part_of_a_name_without_its_accents()
    {
        using var response = await server.GetAsync("/api/v1/operators?query=ecluse");
        var found = Assert.Single((await ServerFixture.JsonAsync(response)).GetProperty("items").EnumerateArray());
        Assert.Equal("Example Douane-agentschap Écluse NV", found.GetProperty("legalName").GetString());
    }

    [Fact]
    public async Task A_search_finds_a_name_with_a_letter_wrong()
    {
        using var response = await server.GetAsync("/api/v1/operators?query=exmaple%20maschienbau");
        var found = Assert.Single((await ServerFixture.JsonAsync(response)).GetProperty("items").EnumerateArray());
        Assert.Equal("Example Maschinenbau GmbH", found.GetProperty("legalName").GetString());
    }

    [Fact]
    public async Task The_pages_of_a_search_miss_nothing()
    {
        using var whole = await server.GetAsync("/api/v1/operators?query=example");
        var expected = Tins(await ServerFixture.JsonAsync(whole));
        Assert.True(expected.Count > 2);
        var seen = new List<string>();
        for (var cursor = ""; seen.Count < expected.Count;)
        {
            using var response = await server.GetAsync($"/api/v1/operators?query=example&limit=2{cursor}");
            var page = await ServerFixture.JsonAsync(response);
            seen.AddRange(Tins(page));
            cursor = page.TryGetProperty("nextCursor", out var next) ? $"&cursor={next.GetString()}" : "&cursor=none";
        }

        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task One_name_under_two_numbers_is_warned_of()
    {
        using var response = await server.GetAsync("/api/v1/operators/GBDEMO0003/lookalikes");
        var found = Assert.Single((await ServerFixture.JsonAsync(response)).GetProperty("items").EnumerateArray());
        Assert.Equal("USDEMO0006", found.GetProperty("tin").GetString());
        Assert.Equal("same_name", Assert.Single(found.GetProperty("alike").EnumerateArray()).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Pages_follow_each_other_by_their_cursor_and_miss_nothing()
    {
        using var whole = await server.GetAsync("/api/v1/operators?limit=200");
        var expected = Tins(await ServerFixture.JsonAsync(whole));
        Assert.True(expected.Count > 10);
        var seen = new List<string>();
        var cursor = "";
        while (true)
        {
            using var response = await server.GetAsync($"/api/v1/operators?limit=5{cursor}");
            var page = await ServerFixture.JsonAsync(response);
            var tins = Tins(page);
            Assert.InRange(tins.Count, 1, 5);
            seen.AddRange(tins);
            if (!page.TryGetProperty("nextCursor", out var next))
            {
                break;
            }

            cursor = $"&cursor={next.GetString()}";
        }

        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task The_credentials_of_an_operator_are_listed()
    {
        var issued = await server.IssueAsync("USDEMO0008", "LegalIdentity");
        using var response = await server.GetAsync("/api/v1/operators/USDEMO0008/credentials");
        var listed = Assert.Single((await ServerFixture.JsonAsync(response)).GetProperty("items").EnumerateArray());
        Assert.Equal(issued.GetRawText(), listed.GetRawText());
    }

    private static List<string> Tins(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("tin").GetString()!)];
}
