using System.Data.Common;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.Accounts;

internal sealed partial class PruneAccountsHourly(PruneAccounts prune, TimeProvider time, ILogger<PruneAccountsHourly> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(TimeSpan.FromHours(1), time, PruneAsync, stoppingToken);

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pruned = await prune.ExecuteAsync(cancellationToken);
            if (pruned > 0)
            {
                LogPruned(pruned);
            }
        }
        catch (DbException failure)
        {
            LogNotPruned(failure);
        }
    }

    [LoggerMessage(EventId = 5003, Level = LogLevel.Information, Message = "{Pruned} old sessions and counters ended or deleted")]
    private partial void LogPruned(long pruned);

    [LoggerMessage(EventId = 5004, Level = LogLevel.Warning, Message = "Old sessions could not be pruned; the next hour tries again")]
    private partial void LogNotPruned(Exception failure);
}
