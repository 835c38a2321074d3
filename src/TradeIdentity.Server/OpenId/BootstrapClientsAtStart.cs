using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId;

/// <summary>Registers the configured clients before the server takes requests.</summary>
internal sealed partial class BootstrapClientsAtStart(IServiceScopeFactory scopes, BootstrappedClients clients, ILogger<BootstrapClientsAtStart> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var registration in clients.Registrations)
        {
            await using var scope = scopes.CreateAsyncScope();
            var change = await scope.ServiceProvider.GetRequiredService<BootstrapClient>().ExecuteAsync(registration, cancellationToken);
            LogClient(registration.ClientId, change);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "Client {ClientId} of the configuration: {Change}")]
    private partial void LogClient(string clientId, BootstrapChange change);
}
