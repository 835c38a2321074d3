using System.Data.Common;

namespace TradeIdentity.Server.Hosting;

/// <summary>Work that comes up again and again while the server runs.</summary>
internal static class Recurring
{
    /// <summary>Does <paramref name="work"/> after each <paramref name="interval"/>, one at a time, until the server stops.</summary>
    internal static async Task RunAsync(TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await work(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what was not done comes up at the next start.
        }
    }

    /// <summary>
    /// Does <paramref name="work"/> some time after the start and then each day: a server that is restarted every day must come to it all
    /// the same. What the database refuses is told, and tried again after as long as from the start.
    /// </summary>
    internal static Task RunDailyAsync(TimeSpan afterStart, TimeProvider time, Func<CancellationToken, Task> work, Action<DbException> failed, CancellationToken stoppingToken)
    {
        var next = time.GetUtcNow() + afterStart;
        return RunAsync(
            afterStart,
            time,
            async cancellationToken =>
            {
                if (time.GetUtcNow() < next)
                {
                    return;
                }

                try
                {
                    await work(cancellationToken);
                    next = time.GetUtcNow() + TimeSpan.FromDays(1);
                }
                catch (DbException failure)
                {
                    failed(failure);
                }
            },
            stoppingToken);
    }
}
