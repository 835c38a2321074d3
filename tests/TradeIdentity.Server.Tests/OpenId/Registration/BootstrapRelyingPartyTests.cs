using Dapper;
using Microsoft.Extensions.Hosting;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.Tests.OpenId.Registration;

public sealed class BootstrapRelyingPartyTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relying_party_of_the_configuration_has_all_that_one_that_registers_itself_can_have()
    {
        var configuration = host.Configuration();
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["ClientId"] = "portal",
            ["ClientName"] = "Trade portal",
            ["TokenEndpointAuthMethod"] = "none",
            ["RedirectUris:0"] = "https://portal.example/cb",
            ["RedirectUris:1"] = "https://portal.example/cb2",
            ["Scopes"] = "openid organization",
            ["SubjectType"] = "pairwise",
            ["IdTokenSignedResponseAlg"] = "RS256",
            ["DpopBoundAccessTokens"] = "true",
            ["DefaultMaxAge"] = "300",
            ["SecurityProfile"] = "fapi2",
            ["Resources"] = "https://api.portal.example/",
        })
        {
            configuration[$"Bootstrap:Clients:portal:{key}"] = value;
        }

        await (await host.StartAsync(Environments.Development, configuration)).DisposeAsync();

        var store = new OpenIdApplicationStore(host.Database, TimeProvider.System);
        var client = ClientMetadata.Of((await store.FindByClientIdAsync("portal", Cancellation))!);
        Assert.False(client.IsConfidential);
        Assert.Equal(["https://portal.example/cb", "https://portal.example/cb2"], client.RedirectUris);
        Assert.Equal(["authorization_code", "refresh_token"], client.GrantTypes.Order(StringComparer.Ordinal));
        Assert.Equal((true, "portal.example", "RS256", 300, true, true), (client.IsPairwise, client.Sector, client.IdTokenSignedResponseAlg, client.DefaultMaxAge, client.DpopBoundAccessTokens, client.IsFapi2));
        Assert.Equal(["https://api.portal.example/"], client.Resources);
        var acts = await ActsAsync();
        await (await host.StartAsync(Environments.Development, configuration)).DisposeAsync();
        Assert.Equal(acts, await ActsAsync());
    }

    private async Task<List<string>> ActsAsync() => await host.Database.ReadAsync(async connection =>
        (await connection.QueryAsync<string>("SELECT act FROM audit_entries WHERE subject = 'client:portal' ORDER BY sequence")).AsList(), Cancellation);
}
