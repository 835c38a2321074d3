using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Registration;

/// <summary>What someone who registers a client could try on this server and its network.</summary>
public sealed class InwardAddressTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("jwks_uri", "127.0.0.1")]
    [InlineData("jwks_uri", "[::1]")]
    [InlineData("jwks_uri", "[::ffff:127.0.0.1]")]
    [InlineData("jwks_uri", "2130706433")]
    [InlineData("sector_identifier_uri", "127.0.0.1")]
    [InlineData("sector_identifier_uri", "localhost")]
    [InlineData("sector_identifier_uri", "[::1]")]
    [InlineData("sector_identifier_uri", "[::ffff:127.0.0.1]")]
    [InlineData("sector_identifier_uri", "2130706433")]
    public async Task An_address_inside_the_network_is_not_registered_and_not_called(string member, string name)
    {
        using var inside = new TcpListener(IPAddress.IPv6Any, 0);
        inside.Server.DualMode = true;
        inside.Start();
        var port = ((IPEndPoint)inside.LocalEndpoint).Port;
        using var response = await RegisterAsync($$"""{"redirect_uris":["https://inward.example/callback"],"subject_type":"pairwise","{{member}}":"https://{{name}}:{{port}}/x"}""");
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_client_metadata");
        Assert.False(inside.Pending(), "Somebody called.");
    }

    // RFC 9700 §4.15: a client that could choose its client_id could choose the sub of a person.
    [Fact]
    public async Task A_client_that_registers_does_not_choose_its_name()
    {
        var person = await host.RegisterAsync(PersonHost.Tin);
        using var response = await RegisterAsync($$"""{"client_id":"{{person}}","redirect_uris":["https://inward.example/callback"]}""");
        if (response.StatusCode == HttpStatusCode.Created)
        {
            Assert.NotEqual(person, (await OpenIdHost.JsonAsync(response)).GetProperty("client_id").GetString());
        }
        else
        {
            await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_client_metadata");
        }
    }

    private async Task<HttpResponseMessage> RegisterAsync(string metadata)
    {
        var tokens = new InitialAccessTokens(host.Database, TimeProvider.System);
        Assert.True((await tokens.IssueAsync("tests", [], 1, TimeSpan.FromHours(1), "test", Cancelled)).TryGet(out var issued, out _));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/register")
        {
            Content = new StringContent(metadata, Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", issued.Token) },
        };
        return await host.Http.SendAsync(request, Cancelled);
    }
}
