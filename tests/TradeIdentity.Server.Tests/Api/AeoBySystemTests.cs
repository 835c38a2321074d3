using System.Net;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>A system of the authority takes acts of one officer under its client id, and is neither of two officers.</summary>
[Collection(OnOneServer.Name)]
public sealed class AeoBySystemTests(ServerFixture server)
{
    private const string Aeo = $"/api/v1/operators/{ServerFixture.PlainTin}/aeo";

    [Theory]
    [InlineData("proposals", """{"component":"AEOC","act":"suspend","ground":"suspected","legalGround":"Article 30(1)"}""")]
    [InlineData("proposals/00000000000000000000000000000000/approve", "")]
    [InlineData("proposals/00000000000000000000000000000000/turn-down", """{"reason":"No."}""")]
    public Task What_takes_two_officers_takes_two_persons(string path, string body) =>
        ProblemAssert.StoresNothingAsync(server, HttpStatusCode.Forbidden, "aeo_officer_required",
            () => server.PostJsonAsync($"/api/v1/operators/{ServerFixture.AeoTin}/aeo/{path}", body));

    [Fact]
    public async Task What_takes_one_officer_it_does_and_is_named()
    {
        using var opened = await server.PostJsonAsync($"{Aeo}/acts", """{"component":"AEO","programme":"SAFE","act":"open","legalGround":"Received on paper"}""");
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        using var read = await server.GetAsync(Aeo);
        var step = Assert.Single((await ServerFixture.JsonAsync(read)).GetProperty("history").EnumerateArray());
        Assert.Equal(("officer", "demonstration"), (step.GetProperty("takenBy").GetString(), step.GetProperty("approvedBy").GetString()));
    }
}
