using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Clients.Tests;

/// <summary>A server for clients that register themselves, and for one of the configuration that is held to FAPI 2.0.</summary>
public sealed class ServerForClients : IAsyncLifetime
{
    /// <summary>The secret of a client that may ask for tokens for <see cref="Resource"/>.</summary>
    internal const string BrokerSecret = "secret-of-the-broker-0123456789-0123456789";

    internal const string Resource = "https://declarations.example/api";

    private RunningServer? _server;

    internal RunningServer Server => _server!;

    /// <summary>With it clients register themselves, and may be at the API.</summary>
    internal string Invitation { get; private set; } = "";

    /// <summary>The private key of the client that is held to FAPI 2.0, as a JWK.</summary>
    internal string FapiKey => Path.Combine(Server.Folder, "fapi-key.json");

    public async ValueTask InitializeAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        var (x, y) = (Base64Url.EncodeToString(parameters.Q.X), Base64Url.EncodeToString(parameters.Q.Y));
        _server = await RunningServer.StartAsync(JsonSerializer.Serialize(new
        {
            Bootstrap = new
            {
                Clients = new object[]
                {
                    new
                    {
                        ClientId = "fapi-client",
                        ClientName = "Customs agency",
                        JsonWebKeySet = JsonSerializer.Serialize(new { keys = new[] { new { kty = "EC", crv = "P-256", x, y } } }),
                        RedirectUris = "https://party.example/callback",
                        Scopes = "openid organization offline_access",
                        SecurityProfile = "fapi2",
                    },
                    new { ClientId = "broker", ClientSecret = BrokerSecret, Scopes = "operators.read", Resources = Resource },
                },
            },
        }));
        await File.WriteAllTextAsync(FapiKey, JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", x, y, d = Base64Url.EncodeToString(parameters.D) }));
        var invited = await ProgramRun.TradeidAsync(Server.Folder, "clients", "invite", "--label", "Clients of others", "--uses", "1000", "--scope", "operators.read");
        Assert.True(invited.ExitCode == 0, invited.Error);
        Invitation = invited.Output.Trim();
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}
