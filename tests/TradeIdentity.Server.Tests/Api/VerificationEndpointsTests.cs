using System.Net;
using System.Text.Json;

namespace TradeIdentity.Server.Tests.Api;

[Collection(OnOneServer.Name)]
public sealed class VerificationEndpointsTests(ServerFixture server)
{
    private const string Path = "/api/v1/verifications";

    [Fact]
    public async Task A_valid_credential_is_accepted()
    {
        var verdict = await VerifyAsync((await server.IssueAsync()).GetProperty("qrText").GetString()!);
        Assert.Equal("accepted", verdict.GetProperty("verdict").GetString());
        Assert.Equal(ServerFixture.AeoTin, verdict.GetProperty("credential").GetProperty("tin").GetString());
        Assert.Equal("valid", verdict.GetProperty("status").GetProperty("value").GetString());
        Assert.Equal("XX-DEMO", verdict.GetProperty("issuer").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("revoked")]
    public async Task A_change_of_status_is_seen_at_once(string status)
    {
        var credential = await server.IssueAsync();
        var text = credential.GetProperty("qrText").GetString()!;
        Assert.Equal("accepted", (await VerifyAsync(text)).GetProperty("verdict").GetString());
        await server.ChangeStatusAsync(credential.GetProperty("id").GetString()!, status);
        var verdict = await VerifyAsync(text);
        Assert.Equal(("rejected", status), (verdict.GetProperty("verdict").GetString(), verdict.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task One_changed_character_is_rejected()
    {
        var text = (await server.IssueAsync()).GetProperty("qrText").GetString()!;
        var last = text[^1] == '0' ? '1' : '0';
        Assert.Equal("rejected", (await VerifyAsync(text[..^1] + last)).GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("", "unsupported_envelope")]
    [InlineData("HC1:ABC", "unsupported_envelope")]
    [InlineData("TI1:", "malformed")]
    [InlineData("TI1:%%%", "malformed")]
    public async Task What_is_no_credential_is_a_verdict_and_no_problem(string text, string reason)
    {
        var verdict = await VerifyAsync(text);
        Assert.Equal(("rejected", reason), (verdict.GetProperty("verdict").GetString(), verdict.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"qrText":null}""")]
    [InlineData("""{"qrText":"TI1:","at":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"qrText":"TI1:","qrText":"TI1:"}""")]
    [InlineData("""{"qrText":["TI1:"]}""")]
    [InlineData("")]
    public Task A_body_that_is_not_as_documented_is_a_problem(string body) =>
        ProblemAssert.StoresNothingAsync(server, HttpStatusCode.BadRequest, "body_invalid", () => server.PostJsonAsync(Path, body));

    private async Task<JsonElement> VerifyAsync(string text)
    {
        using var response = await server.PostJsonAsync(Path, JsonSerializer.Serialize(new Dictionary<string, string> { ["qrText"] = text }));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return await ServerFixture.JsonAsync(response);
    }
}
