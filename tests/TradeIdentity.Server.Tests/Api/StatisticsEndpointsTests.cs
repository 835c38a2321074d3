namespace TradeIdentity.Server.Tests.Api;

[Collection(OnOneServer.Name)]
public sealed class StatisticsEndpointsTests(ServerFixture server)
{
    [Fact]
    public async Task The_register_is_answered_in_numbers_that_agree()
    {
        using var response = await server.GetAsync("/api/v1/officer/statistics");
        var figures = await ServerFixture.JsonAsync(response);

        Assert.True(figures.GetProperty("operators").GetInt64() > 10);
        Assert.Equal(figures.GetProperty("operators").GetInt64(), figures.GetProperty("byCountry").EnumerateArray().Sum(each => each.GetProperty("operators").GetInt64()));
        Assert.Contains(figures.GetProperty("aeo").EnumerateArray(), each => each.GetProperty("status").GetString() == "granted");
        Assert.Equal(12, figures.GetProperty("months").GetArrayLength());
    }
}
