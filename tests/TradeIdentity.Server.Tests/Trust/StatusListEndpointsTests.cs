using System.Net;
using TradeIdentity.Codecs.StatusLists;
using TradeIdentity.Server.Tests.Api;

namespace TradeIdentity.Server.Tests.Trust;

[Collection(OnOneServer.Name)]
public sealed class StatusListEndpointsTests(ServerFixture server)
{
    private const int Revoked = 1;

    [Fact]
    public async Task A_revocation_is_in_the_list_as_JWT_and_as_CWT()
    {
        var status = (await server.IssueAsync()).GetProperty("status");
        var (list, index) = (status.GetProperty("list").GetInt32(), status.GetProperty("index").GetInt32());
        Assert.Equal((0, 0), await StatusAsync(list, index));
        var credential = await server.IssueAsync();
        await server.ChangeStatusAsync(credential.GetProperty("id").GetString()!, "revoked");
        var revoked = credential.GetProperty("status");
        Assert.Equal((Revoked, Revoked), await StatusAsync(revoked.GetProperty("list").GetInt32(), revoked.GetProperty("index").GetInt32()));
        Assert.Equal((0, 0), await StatusAsync(list, index));
    }

    [Fact]
    public async Task The_aggregation_names_the_lists_by_their_public_address()
    {
        await server.IssueAsync();
        using var response = await server.SendAsync(HttpMethod.Get, "/status-lists", anonymous: true);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var lists = (await ServerFixture.JsonAsync(response)).GetProperty("status_lists");
        Assert.Equal(["http://localhost:5080/status-lists/1"], lists.EnumerateArray().Select(list => list.GetString()!));
    }

    [Theory]
    [InlineData("/status-lists/404")]
    [InlineData("/status-lists/-1")]
    [InlineData("/status-lists/one")]
    [InlineData("/status-lists/99999999999")]
    public async Task An_unknown_list_is_a_problem(string path)
    {
        using var response = await server.SendAsync(HttpMethod.Get, path, anonymous: true);
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "status_list_unknown", response);
    }

    private async Task<(int Jwt, int Cwt)> StatusAsync(int list, int index)
    {
        using var jwt = await server.SendAsync(HttpMethod.Get, $"/status-lists/{list}", anonymous: true);
        Assert.Equal("application/statuslist+jwt", jwt.Content.Headers.ContentType!.MediaType);
        using var cwt = await server.SendAsync(HttpMethod.Get, $"/status-lists/{list}", anonymous: true, accept: "application/statuslist+cwt");
        Assert.Equal("application/statuslist+cwt", cwt.Content.Headers.ContentType!.MediaType);
        var text = await jwt.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(StatusListFailure.None, StatusListJwt.ReadUnverified(text, out var one));
        Assert.Equal(StatusListFailure.None, StatusListCwt.ReadUnverified(await cwt.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), out var other));
        Assert.Equal($"http://localhost:5080/status-lists/{list}", one!.Subject);
        Assert.Equal(one.Subject, other!.Subject);
        return (one.Statuses.Get(index), other.Statuses.Get(index));
    }
}
