using System.Net;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.Tests.OpenId;

public sealed class BootstrapTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_start_changes_nothing_and_a_changed_secret_replaces_the_old()
    {
        Assert.Equal(["openid-client-created", "openid-client-created", "openid-client-created"], await ActsAsync());

        await (await host.StartAsync(Environments.Development, host.Configuration())).DisposeAsync();
        Assert.Equal(3, (await ActsAsync()).Count);

        var configuration = host.Configuration();
        var newSecret = ClientSecrets.Generate();
        configuration["Bootstrap:Clients:0:ClientSecret"] = newSecret;
        configuration["Bootstrap:Clients:1:Scopes:2"] = "audit.read";
        await (await host.StartAsync(Environments.Development, configuration)).DisposeAsync();

        Assert.Equal(["openid-client-updated", "openid-client-updated"], (await ActsAsync())[3..]);
        Assert.Equal([true, false], await host.Database.ReadAsync(async connection => (await connection.QueryAsync<string>(
            "SELECT details FROM audit_entries WHERE act = 'openid-client-updated' ORDER BY sequence")).Select(details => details.Contains("\"secretChanged\":true", StringComparison.Ordinal)).ToList(), Cancellation));
        using var old = await host.TokenAsync(("grant_type", "client_credentials"), ("client_id", OpenIdHost.ClientId), ("client_secret", host.Secret));
        await OpenIdHost.AssertErrorAsync(old, HttpStatusCode.Unauthorized, "invalid_client");
        using var current = await host.TokenAsync(("grant_type", "client_credentials"), ("client_id", OpenIdHost.ClientId), ("client_secret", newSecret));
        Assert.Equal(HttpStatusCode.OK, current.StatusCode);
    }

    [Theory]
    [InlineData("Bootstrap:Clients:0:Scopes", "operators.read operators.erase", "Bootstrap:Clients:0:Scopes has 'operators.erase'")]
    [InlineData("Bootstrap:Clients:0:Secret", "x", "Bootstrap:Clients:0:Secret is not a known key")]
    [InlineData("Bootstrap:Clients:0:ClientId", "", "Bootstrap:Clients:0: ClientId is required")]
    [InlineData("Bootstrap:Clients:0:ClientId", "with space", "Bootstrap:Clients:0: ClientId is required")]
    [InlineData("Bootstrap:Clients:0:ClientId", OpenIdHost.ChosenSecretClientId, "Bootstrap:Clients has 'clerk' twice")]
    [InlineData("Bootstrap:Clients:0:ClientSecret", "", "Bootstrap:Clients:0: ClientSecret or JsonWebKeySet is required")]
    [InlineData("Bootstrap:Clients:1:JsonWebKeySet", "{}", "Bootstrap:Clients:1: JsonWebKeySet must be")]
    [InlineData("Bootstrap:Clients:1:JsonWebKeySet", "not json", "Bootstrap:Clients:1: JsonWebKeySet must be")]
    [InlineData("Bootstrap:Clients:1:JsonWebKeySet", """{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}""", "Bootstrap:Clients:1: JsonWebKeySet must be")]
    [InlineData("Bootstrap:Clients:0:TokenEndpointAuthMethod", "client_secret_jwt", "Bootstrap:Clients:0: token_endpoint_auth_method must be one of")]
    [InlineData("Bootstrap:Clients:0:TokenEndpointAuthMethod", "none", "Bootstrap:Clients:0: A client without authentication")]
    [InlineData("Bootstrap:Clients:0:RedirectUris", "https://*.example/cb", "Bootstrap:Clients:0: Each of redirect_uris must be")]
    [InlineData("Bootstrap:Clients:0:DpopBoundAccessTokens", "yes", "Bootstrap:Clients:0:DpopBoundAccessTokens must be true or false")]
    [InlineData("Bootstrap:Clients:0:DefaultMaxAge", "long", "Bootstrap:Clients:0:DefaultMaxAge must be a whole number")]
    [InlineData("Bootstrap:Clients:0:SecurityProfile", "fapi3", "Bootstrap:Clients:0: SecurityProfile can be fapi2 only")]
    [InlineData("Bootstrap:Clients:0:Resources", "not-an-address", "Bootstrap:Clients:0: Resources must be")]
    [InlineData("Registration:SoftwarePublishers:0:Issuer", "https://publisher.example", "Registration:SoftwarePublishers:0: JsonWebKeySet must be")]
    [InlineData("Registration:SoftwarePublishers:0:Isuer", "x", "Registration:SoftwarePublishers:0:Isuer is not a known key")]
    [InlineData("Issuer:BaseUrl", "http://identity.customs.example?x=1", "Issuer:BaseUrl")]
    [InlineData("Issuer:BaseUrl", "", "Issuer:BaseUrl")]
    public async Task A_wrong_configuration_stops_the_start_and_names_its_key(string key, string value, string expected)
    {
        var configuration = host.Configuration();
        configuration[key] = value;
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Environments.Development, configuration));
        Assert.StartsWith(expected, Assert.Single(stopped.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_key_is_refused_where_a_public_one_belongs()
    {
        var configuration = host.Configuration();
        configuration["Bootstrap:Clients:1:JsonWebKeySet"] = configuration["Bootstrap:Clients:1:JsonWebKeySet"]!.Replace("\"kid\":\"ec\"", "\"d\":\"AAAA\"", StringComparison.Ordinal);
        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Environments.Development, configuration));
    }

    [Fact]
    public async Task Plain_http_in_the_issuer_is_refused_outside_Development()
    {
        var configuration = host.Configuration();
        configuration["Issuer:BaseUrl"] = "http://identity.customs.example";
        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Environments.Production, configuration));
    }

    private async Task<List<string>> ActsAsync() => await host.Database.ReadAsync(async connection =>
        (await connection.QueryAsync<string>("SELECT act FROM audit_entries WHERE act LIKE 'openid-%' ORDER BY sequence")).AsList(), Cancellation);
}
