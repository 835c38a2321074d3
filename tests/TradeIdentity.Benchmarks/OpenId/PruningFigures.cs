using System.Diagnostics;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Benchmarks.Storage;

namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>
/// 200,000 expired tokens are deleted while tokens are stored and read, as requests do, on SQLite and on PostgreSQL. What is
/// asked is that no request waits for the deletion.
/// </summary>
internal static class PruningFigures
{
    private const int Expired = 200_000;

    // A batch holds the one writer of SQLite for some milliseconds; a lock of the table would hold it for seconds.
    private const double LongestP99 = 100;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(3);

    public static IEnumerable<Figure> Measure() => BothDatabases.MeasureAsync(MeasureAsync).GetAwaiter().GetResult();

    private static async Task<IEnumerable<Figure>> MeasureAsync(string name, Database database)
    {
        var tokens = new OpenIdTokenStore(database, TimeProvider.System);
        await database.WriteAsync(
            tx => tx.ExecuteAsync(
                """
                INSERT INTO openid_tokens (id, creation_date, expiration_date, status, subject, type, concurrency_token)
                WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < @Expired)
                SELECT 'expired-' || i, 1000 + i, 2000 + i, 'valid', 'somebody-' || (i % 1000), 'access_token', 'x' FROM numbers
                """, new { Expired }),
            CancellationToken.None);
        var idle = await RequestAsync(tokens, Task.Delay(Idle));

        var start = Stopwatch.GetTimestamp();
        var pruning = Task.Run(async () => await tokens.PruneAsync(TimeProvider.System.GetUtcNow().AddDays(-14), CancellationToken.None));
        var during = await RequestAsync(tokens, pruning);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (await pruning != Expired)
        {
            throw new InvalidOperationException("Other tokens were deleted than those that have expired.");
        }

        return
        [
            Figure.AtMost($"pruning.{name}.request-p99", At(during, 0.99), "ms", LongestP99),
            Figure.Info($"pruning.{name}.request-longest", during[^1], "ms"),
            Figure.Info($"pruning.{name}.request-p99-idle", At(idle, 0.99), "ms"),
            Figure.Info($"pruning.{name}.requests-meanwhile", during.Count / seconds, "requests/s"),
            Figure.Info($"pruning.{name}.rows", Expired / seconds, "rows/s"),
        ];
    }

    // One after the other, each a write and a read, until the other work is done.
    private static async Task<List<double>> RequestAsync(OpenIdTokenStore tokens, Task until)
    {
        var waits = new List<double>();
        do
        {
            var start = Stopwatch.GetTimestamp();
            var token = await tokens.InstantiateAsync(CancellationToken.None);
            (token.Status, token.CreationDate, token.ExpirationDate) = (OpenIddictConstants.Statuses.Valid, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddMinutes(10));
            await tokens.CreateAsync(token, CancellationToken.None);
            _ = await tokens.FindByIdAsync(token.Id, CancellationToken.None) ?? throw new InvalidOperationException("A token was deleted that is good.");
            waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        while (!until.IsCompleted);
        waits.Sort();
        return waits;
    }

    private static double At(List<double> sorted, double quantile) => sorted[(int)(quantile * (sorted.Count - 1))];
}
