using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.OpenId;

/// <summary>Registers the configured clients before the server takes requests.</summary>
internal sealed partial class BootstrapClientsAtStart(IServiceScopeFactory scopes, BootstrappedClients clients, ILogger<BootstrapClientsAtStart> logger) : BeforeRequests
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var registration in clients.Registrations)
        {
            await using var scope = scopes.CreateAsyncScope();
            var change = await scope.ServiceProvider.GetRequiredService<BootstrapClient>().ExecuteAsync(registration, cancellationToken);
            LogClient(registration.ClientId, change);
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "Client {ClientId} of the configuration: {Change}")]
    private partial void LogClient(string clientId, BootstrapChange change);
}
