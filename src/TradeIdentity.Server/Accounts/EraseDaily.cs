using TradeIdentity.Authority.Privacy;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.Accounts;

/// <summary>Erases people whose time is past, twenty minutes after the start and then each day.</summary>
internal sealed partial class EraseDaily(EraseWhatIsPast erase, TimeProvider time, ILogger<EraseDaily> logger) : BackgroundService
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(20);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunDailyAsync(AfterStart, time, EraseAsync, LogNotErased, stoppingToken);

    private async Task EraseAsync(CancellationToken cancellationToken)
    {
        var erased = await erase.ExecuteAsync(cancellationToken);
        if (erased > 0)
        {
            LogErased(erased);
        }
    }

    [LoggerMessage(EventId = 5021, Level = LogLevel.Information, Message = "{Erased} people whose time was past are erased")]
    private partial void LogErased(long erased);

    [LoggerMessage(EventId = 5022, Level = LogLevel.Error, Message = "People whose time is past could not be erased; it is tried again")]
    private partial void LogNotErased(Exception failure);
}
