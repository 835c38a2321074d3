using System.Data.Common;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.Accounts;

/// <summary>Erases people whose time is past, twenty minutes after the start and then each day.</summary>
internal sealed partial class EraseDaily(EraseWhatIsPast erase, TimeProvider time, ILogger<EraseDaily> logger) : BackgroundService
{
    // A server that is restarted every day must come to it all the same.
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private DateTimeOffset _next = time.GetUtcNow() + AfterStart;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(AfterStart, time, EraseAsync, stoppingToken);

    private async Task EraseAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() < _next)
        {
            return;
        }

        try
        {
            var erased = await erase.ExecuteAsync(cancellationToken);
            _next = time.GetUtcNow() + Interval;
            if (erased > 0)
            {
                LogErased(erased);
            }
        }
        catch (DbException failure)
        {
            LogNotErased(failure);
        }
    }

    [LoggerMessage(EventId = 5021, Level = LogLevel.Information, Message = "{Erased} people whose time was past are erased")]
    private partial void LogErased(long erased);

    [LoggerMessage(EventId = 5022, Level = LogLevel.Error, Message = "People whose time is past could not be erased; it is tried again")]
    private partial void LogNotErased(Exception failure);
}
