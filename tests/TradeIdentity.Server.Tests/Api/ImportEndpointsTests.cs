using System.Net;
using System.Text;
using System.Text.Json;

namespace TradeIdentity.Server.Tests.Api;

[Collection(OnOneServer.Name)]
public sealed class ImportEndpointsTests(ServerFixture server)
{
    private const string Path = "/api/v1/imports/operators";

    [Fact]
    public async Task Each_line_is_answered_in_order_and_a_bad_one_is_rejected_alone()
    {
        var results = await server.PostLinesAsync(Path, string.Join('\n',
            Operator("NL900000001", "Example One B.V."),
            """{"tin":"NL900000002","legalName":""}""",
            Operator("NL900000001", "Example One B.V."),
            "",
            "not json",
            Operator("NL900000001", "Example Uno B.V."),
            Operator("NL900000003", "Example Three B.V.")));
        Assert.Equal(
            ["1 NL900000001 created -", "2 NL900000002 rejected text_invalid", "3 NL900000001 unchanged -", "5 - rejected json_malformed", "6 NL900000001 updated -", "7 NL900000003 created -"],
            results.Select(Summary));
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/api/v1/operators/NL900000002")).StatusCode);
        using var kept = await server.GetAsync("/api/v1/operators/NL900000001");
        Assert.Equal("Example Uno B.V.", (await ServerFixture.JsonAsync(kept)).GetProperty("legalName").GetString());
    }

    [Theory]
    [InlineData("""{"tin":"NL900000010","tin":"NL900000010","legalName":"Example","jurisdiction":"NL"}""", "member_duplicate")]
    [InlineData("""{"tin":"NL900000010","legalName":"Example","jurisdiction":"NL","colour":"red"}""", "member_unknown")]
    [InlineData("""{"tin":"NL900000010","legalName":7,"jurisdiction":"NL"}""", "type_wrong")]
    [InlineData("""{"tin":"nl 9","legalName":"Example","jurisdiction":"NL"}""", "tin_invalid")]
    [InlineData("[]", "type_wrong")]
    [InlineData("null", "type_wrong")]
    [InlineData("{", "json_malformed")]
    public async Task A_bad_line_stores_nothing(string line, string code)
    {
        var before = await server.RowsAsync();
        var result = Assert.Single(await server.PostLinesAsync(Path, line));
        Assert.Equal("rejected", result.GetProperty("outcome").GetString());
        Assert.Equal(code, result.GetProperty("code").GetString());
        Assert.Equal(before, await server.RowsAsync());
    }

    [Fact]
    public async Task A_line_too_long_is_rejected_and_the_next_is_read()
    {
        var results = await server.PostLinesAsync(Path, $"{{\"tin\":\"{new string('x', 100_000)}\"}}\n{Operator("NL900000020", "Example Twenty B.V.")}\n");
        Assert.Equal(["1 - rejected document_too_long", "2 NL900000020 created -"], results.Select(Summary));
    }

    [Fact]
    public async Task No_line_is_no_answer() => Assert.Empty(await server.PostLinesAsync(Path, "\n\n"));

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public Task Another_media_type_is_refused(string mediaType) =>
        ProblemAssert.StoresNothingAsync(server, HttpStatusCode.UnsupportedMediaType, "media_type_unsupported",
            () => server.SendAsync(HttpMethod.Post, Path, new StringContent(Operator("NL900000030", "Example Thirty B.V."), Encoding.UTF8, mediaType)));

    private static string Operator(string tin, string name) =>
        $$$"""{"tin":"{{{tin}}}","legalName":"{{{name}}}","tradingNames":[],"jurisdiction":"NL","identifiers":[],"roles":["IM"],"aeo":[],"evidence":{"source":"Example register","assertedAt":"2026-01-01T00:00:00Z"}}""";

    private static string Summary(JsonElement result) =>
        string.Join(' ', result.GetProperty("line").GetInt64(), Text(result, "tin"), Text(result, "outcome"), Text(result, "code"));

    private static string Text(JsonElement result, string member) => result.GetProperty(member).GetString() ?? "-";
}
