using System.Net;
using System.Text;
using System.Text.Json;

namespace TradeIdentity.Server.Tests.Api;

[Collection(OnOneServer.Name)]
public sealed class BulkCredentialEndpointsTests(ServerFixture server)
{
    private const string Path = "/api/v1/credentials/bulk";
    private const string Good = """{"tin":"NL854502130","type":"AeoStatus"}""";

    [Fact]
    public async Task Good_and_bad_lines_are_answered_in_order_under_their_numbers()
    {
        var results = await server.PostLinesAsync(Path, string.Join('\n',
            Good,
            "",
            """{"tin":"NL854502130","type":"AeoStatus","colour":"red"}""",
            "null",
            """{"tin":"NL000000404","type":"AeoStatus"}""",
            $$"""{"tin":"{{new string('N', 2000)}}","type":"AeoStatus"}""",
            """{"tin":"CHDEMO0001","type":"LegalIdentity"}"""));
        Assert.Equal(
            ["1 issued AeoStatus NL854502130", "3 rejected line_invalid", "4 rejected line_invalid", "5 rejected operator_unknown", "6 rejected line_too_long", "7 issued LegalIdentity CHDEMO0001"],
            results.Select(Summary));
        var credential = results[0].GetProperty("credential");
        using var found = await server.GetAsync($"/api/v1/credentials/{credential.GetProperty("id").GetString()}");
        Assert.Equal(Canonical(await ServerFixture.JsonAsync(found)), Canonical(credential));
    }

    [Fact]
    public async Task More_than_a_batch_of_lines_keeps_its_order()
    {
        const int lines = 1300;
        var results = await server.PostLinesAsync(Path, string.Join('\n', Enumerable.Range(0, lines).Select(at => at % 100 == 99 ? "{}" : Good)));
        Assert.Equal(
            Enumerable.Range(0, lines).Select(at => (at + 1L, at % 100 == 99 ? "rejected" : "issued")),
            results.Select(result => (result.GetProperty("line").GetInt64(), result.GetProperty("outcome").GetString()!)));
        var ids = results.Where(result => result.TryGetProperty("credential", out _)).Select(result => result.GetProperty("credential").GetProperty("id").GetString()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task Bad_lines_alone_store_nothing()
    {
        var before = await server.RowsAsync();
        var results = await server.PostLinesAsync(Path, "x\n[]\n{\"tin\":\"NL854502130\",\"tin\":\"NL854502130\",\"type\":\"AeoStatus\"}");
        Assert.Equal(["1 rejected line_invalid", "2 rejected line_invalid", "3 rejected line_invalid"], results.Select(Summary));
        Assert.Equal(before, await server.RowsAsync());
    }

    [Fact]
    public Task Another_media_type_is_refused() =>
        ProblemAssert.StoresNothingAsync(server, HttpStatusCode.UnsupportedMediaType, "media_type_unsupported",
            () => server.SendAsync(HttpMethod.Post, Path, new StringContent(Good, Encoding.UTF8, "application/json")));

    private static string Summary(JsonElement result)
    {
        var outcome = $"{result.GetProperty("line").GetInt64()} {result.GetProperty("outcome").GetString()}";
        return result.TryGetProperty("credential", out var credential)
            ? $"{outcome} {credential.GetProperty("type").GetString()} {credential.GetProperty("tin").GetString()}"
            : $"{outcome} {result.GetProperty("code").GetString()}";
    }

    private static string Canonical(JsonElement document) => JsonSerializer.Serialize(document);
}
