using System.Data.Common;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.OpenId;

internal sealed partial class PruneOpenIdHourly(PruneOpenId prune, TimeProvider time, ILogger<PruneOpenIdHourly> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(TimeSpan.FromHours(1), time, PruneAsync, stoppingToken);

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
