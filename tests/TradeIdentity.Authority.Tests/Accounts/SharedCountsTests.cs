using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Tests.Keys;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Accounts;

public sealed class SharedCountsOnSqliteTests(SqliteLedger ledger) : SharedCountsTests(ledger), IClassFixture<SqliteLedger>;

public sealed class SharedCountsOnPostgreSqlTests(PostgreSqlLedger ledger) : SharedCountsTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class SharedCountsTests(LedgerFixture ledger)
{
    private static readonly RateLimit Four = new("four", 4, TimeSpan.FromMinutes(1));
    private static readonly RateLimit Many = new("many", 6400, TimeSpan.FromMinutes(1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_instance_let_pass_another_counts()
    {
        var (database, key, time) = (await ledger.NewAsync(), TestKeys.NewEncryptionKey(), NewTime());
        var (first, second) = (new SharedCounts(new RateLimits(database, time, key), time), new SharedCounts(new RateLimits(ledger.OpenAgain(database), time, key), time));
        Assert.Equal([0, 0, 0], [first.Take(Four, "a"), first.Take(Four, "a"), first.Take(Four, "a")]);
        await first.ShareAsync(Cancellation);
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(0, second.Take(Four, "a"));
        await second.ShareAsync(Cancellation);

        Assert.Equal(40, second.Take(Four, "a"));
        Assert.Equal(40, second.WaitFor(Four, "a"));
        Assert.Equal(0, second.Take(Four, "b"));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(0, second.Take(Four, "a"));
    }

    [Fact]
    public async Task What_comes_at_once_is_counted_once_each()
    {
        var (database, time) = (await ledger.NewAsync(), NewTime());
        var counts = new SharedCounts(new RateLimits(database, time, TestKeys.NewEncryptionKey()), time);

        var waits = new System.Collections.Concurrent.ConcurrentBag<int>();
        await Task.WhenAll(Parallel.ForAsync(0, 7000, Cancellation, (_, _) => { waits.Add(counts.Take(Many, "a")); return default; }), counts.ShareAsync(Cancellation));

        Assert.Equal(6400, waits.Count(wait => wait == 0));
        await counts.ShareAsync(Cancellation);
        Assert.Equal(6400, await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT SUM(taken) FROM rate_limits"), Cancellation));
    }

    [Fact]
    public async Task Who_is_far_below_a_limit_costs_the_database_nothing()
    {
        var (database, time) = (await ledger.NewAsync(), NewTime());
        var counts = new SharedCounts(new RateLimits(database, time, TestKeys.NewEncryptionKey()), time);
        for (var take = 0; take < 100; take++)
        {
            counts.Take(Many, "a");
        }

        await counts.ShareAsync(Cancellation);
        Assert.Equal(0, await RowsAsync(database));
        counts.Take(Many, "a");
        await counts.ShareAsync(Cancellation);
        Assert.Equal(1, await RowsAsync(database));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_locks_nobody_out()
    {
        var (database, key) = (await ledger.NewAsync(), TestKeys.NewEncryptionKey());
        var (ahead, right) = (NewTime(), NewTime());
        ahead.Advance(TimeSpan.FromDays(1));
        var counts = new SharedCounts(new RateLimits(database, ahead, key), ahead);
        while (counts.Take(Four, "a") == 0)
        {
        }

        await counts.ShareAsync(Cancellation);
        ahead.Advance(-TimeSpan.FromDays(1));

        Assert.Equal(0, counts.Take(Four, "a"));
        Assert.Equal(0, await new RateLimits(database, right, key).TakeAsync([(Four, "a")], Cancellation));
        var little = new SharedCounts(new RateLimits(database, right, key), right);
        while (little.Take(Four, "c") == 0)
        {
        }

        right.Advance(-TimeSpan.FromSeconds(30));
        Assert.Equal(60, little.Take(Four, "c"));
    }

    [Fact]
    public async Task Keys_that_were_made_up_take_no_more_memory_than_there_is_for_them()
    {
        var (database, time) = (await ledger.NewAsync(), NewTime());
        var counts = new SharedCounts(new RateLimits(database, time, TestKeys.NewEncryptionKey()), time);
        Assert.Equal(0, counts.Take(Many, "known"));
        for (var made = 0; made < SharedCounts.MostKeys + 20_000; made++)
        {
            counts.Count(Many, $"made up {made}");
        }

        Assert.InRange(counts.Keys, SharedCounts.MostKeys, SharedCounts.MostKeys + 1024);
        // Those that have no counter of their own are limited together, and who had one keeps it.
        var late = 0;
        while (counts.Take(Many, "late") == 0)
        {
            late++;
        }

        Assert.InRange(late, 6000, 6400);
        Assert.NotEqual(0, counts.WaitFor(Many, "late"));
        Assert.Equal(0, counts.WaitFor(Many, "known"));

        time.Advance(Many.Window);
        await counts.ShareAsync(Cancellation);
        Assert.Equal(0, counts.Keys);
        counts.Count(Many, new string('x', 1_000_000));
        counts.Count(Many, new string('x', 1_000_001));
        Assert.Equal(1, counts.Keys);
    }

    private static Task<long> RowsAsync(TradeIdentity.Authority.Storage.Database database) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM rate_limits"), Cancellation);

    private static ManualTime NewTime() => new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
}
