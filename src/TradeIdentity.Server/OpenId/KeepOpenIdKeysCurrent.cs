using System.Data.Common;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Validation;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.OpenId;

/// <summary>Reads the engine's keys before the first request, then each minute; after a rotation the engine's options are made anew.</summary>
internal sealed partial class KeepOpenIdKeysCurrent(
    OpenIdKeys keys,
    IOptionsMonitorCache<OpenIddictServerOptions> serverOptions,
    IOptionsMonitorCache<OpenIddictValidationOptions> validationOptions,
    TimeProvider time,
    ILogger<KeepOpenIdKeysCurrent> logger) : BackgroundService, IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => keys.ReadAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(TimeSpan.FromMinutes(1), time, RefreshAsync, stoppingToken);

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await keys.ReadAsync(cancellationToken))
            {
                return;
            }

            // The server's first: the validation options are made of them.
            serverOptions.TryRemove(Options.DefaultName);
            validationOptions.TryRemove(Options.DefaultName);
            LogChanged(keys.Signing[0].KeyId);
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException)
        {
            LogNotRead(failure);
        }
    }

    [LoggerMessage(EventId = 4004, Level = LogLevel.Information, Message = "OpenID Connect keys changed; {KeyId} signs")]
    private partial void LogChanged(string keyId);

    [LoggerMessage(EventId = 4005, Level = LogLevel.Error, Message = "OpenID Connect keys could not be read; those in memory stay in use")]
    private partial void LogNotRead(Exception failure);
}
