using System.Data.Common;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId;

internal sealed partial class PruneOpenIdHourly(PruneOpenId prune, TimeProvider time, ILogger<PruneOpenIdHourly> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await PruneAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        try
        {
            var deleted = await prune.ExecuteAsync(cancellationToken);
            if (deleted > 0)
            {
                LogPruned(deleted);
            }
        }
        catch (DbException failure)
        {
            LogNotPruned(failure);
        }
    }

    [LoggerMessage(EventId = 4002, Level = LogLevel.Information, Message = "{Deleted} ended tokens, authorizations and replay marks deleted")]
    private partial void LogPruned(long deleted);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Warning, Message = "Ended tokens could not be deleted; the next hour tries again")]
    private partial void LogNotPruned(Exception failure);
}
