using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Webhooks;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.Accounts;

/// <summary>Tells ahead of what ends, and deletes old notices and the log of what was sent, a quarter of an hour after the start and then each day; several instances tell it once.</summary>
internal sealed partial class TendNoticesDaily(WarnOfEnds warn, PruneNotices prune, PruneWebhookDeliveries pruneDeliveries, TimeProvider time, ILogger<TendNoticesDaily> logger) : BackgroundService
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunDailyAsync(AfterStart, time, TendAsync, LogNotTended, stoppingToken);

    private async Task TendAsync(CancellationToken cancellationToken)
    {
        var told = await warn.ExecuteAsync(cancellationToken);
        await prune.ExecuteAsync(cancellationToken);
        await pruneDeliveries.ExecuteAsync(cancellationToken);
        if (told > 0)
        {
            LogTold(told);
        }
    }

    [LoggerMessage(EventId = 5009, Level = LogLevel.Information, Message = "{Told} notices of what ends soon")]
    private partial void LogTold(int told);

    [LoggerMessage(EventId = 5010, Level = LogLevel.Error, Message = "What ends soon could not be told, or old notices deleted; it is tried again")]
    private partial void LogNotTended(Exception failure);
}
