using System.Data.Common;
using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Server.Hosting;

/// <summary>Announces the successor of a key in time, on a server that is never restarted.</summary>
internal sealed partial class EnsureKeysDaily(SigningKeys keys, TimeProvider time, ILogger<EnsureKeysDaily> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(TimeSpan.FromDays(1), time, EnsureAsync, stoppingToken);

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        try
        {
            if ((await keys.EnsureAsync(cancellationToken)).Refusal is { } refusal)
            {
                LogRefused(refusal.Code);
            }
        }
        catch (DbException failure)
        {
            LogNotEnsured(failure);
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "Signing keys could not be renewed: {Code}")]
    private partial void LogRefused(string code);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "Signing keys could not be renewed; the next attempt is tomorrow")]
    private partial void LogNotEnsured(Exception failure);
}
