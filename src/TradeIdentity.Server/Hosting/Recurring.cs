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
}
