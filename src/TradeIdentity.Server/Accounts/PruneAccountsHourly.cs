using System.Data.Common;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Server.Accounts;

internal sealed partial class PruneAccountsHourly(PruneAccounts prune, TimeProvider time, ILogger<PruneAccountsHourly> logger) : BackgroundService
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
