using System.Data.Common;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.OpenId.Limits;

/// <summary>Brings the counts of this instance and of the others together, every second.</summary>
internal sealed partial class ShareCounts(SharedCounts counts, TimeProvider time, ILogger<ShareCounts> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(SharedCounts.Interval, time, ShareAsync, stoppingToken);

    private async Task ShareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await counts.ShareAsync(cancellationToken);
        }
        catch (DbException failure)
        {
            LogNotShared(failure);
        }
    }

    [LoggerMessage(EventId = 4020, Level = LogLevel.Warning, Message = "Rate limits could not be shared with other instances; each counts by itself until they can")]
    private partial void LogNotShared(Exception failure);
}
