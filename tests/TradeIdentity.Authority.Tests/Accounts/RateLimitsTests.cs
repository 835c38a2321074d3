using System.Net;
using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Tests.Keys;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Accounts;

public sealed class RateLimitsOnSqliteTests(SqliteLedger ledger) : RateLimitsTests(ledger), IClassFixture<SqliteLedger>;

public sealed class RateLimitsOnPostgreSqlTests(PostgreSqlLedger ledger) : RateLimitsTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class RateLimitsTests(LedgerFixture ledger)
{
    private static readonly RateLimit Three = new("three", 3, TimeSpan.FromMinutes(1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_that_take_at_once_take_no_more_than_there_is()
    {
        var (database, key, time) = (await ledger.NewAsync(), TestKeys.NewEncryptionKey(), NewTime());
        RateLimits[] instances = [new(database, time, key), new(ledger.OpenAgain(database), time, key)];

        var waits = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => instances[i % 2].TakeAsync([(Three, "a")], Cancellation)));

        Assert.Equal(3, waits.Count(wait => wait == 0));
        Assert.All(waits.Where(wait => wait != 0), wait => Assert.Equal(60, wait));
    }

    [Fact]
    public async Task A_window_ends_and_others_are_apart()
    {
        var time = NewTime();
        var limits = new RateLimits(await ledger.NewAsync(), time, TestKeys.NewEncryptionKey());
        for (var take = 0; take < 3; take++)
        {
            Assert.Equal(0, await limits.TakeAsync([(Three, "a")], Cancellation));
        }

        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(40, await limits.TakeAsync([(Three, "a")], Cancellation));
        Assert.Equal(0, await limits.TakeAsync([(Three, "b")], Cancellation));
        Assert.Equal(0, await limits.TakeAsync([(Three with { Name = "other" }, "a")], Cancellation));
        Assert.Equal(40, await limits.TakeAsync([(Three, "c"), (Three, "a")], Cancellation));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(0, await limits.TakeAsync([(Three, "a")], Cancellation));
    }

    [Fact]
    public async Task What_is_given_back_can_be_taken_again_and_never_more()
    {
        var limits = new RateLimits(await ledger.NewAsync(), NewTime(), TestKeys.NewEncryptionKey());
        await limits.TakeAsync([(Three, "a")], Cancellation);
        await limits.ReturnAsync([(Three, "a")], Cancellation);
        await limits.ReturnAsync([(Three, "a")], Cancellation);

        var waits = new List<int>();
        for (var take = 0; take < 4; take++)
        {
            waits.Add(await limits.TakeAsync([(Three, "a")], Cancellation));
        }

        Assert.Equal([0, 0, 0, 60], waits);
    }

    [Fact]
    public async Task Keys_are_not_in_the_table_and_windows_that_are_over_are_forgotten()
    {
        var (database, time) = (await ledger.NewAsync(), NewTime());
        var limits = new RateLimits(database, time, TestKeys.NewEncryptionKey());
        await limits.TakeAsync([(Three, "ada@trader.example")], Cancellation);
        time.Advance(TimeSpan.FromSeconds(30));
        await limits.TakeAsync([(Three, "ben@trader.example")], Cancellation);

        Assert.Equal(32, await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT MIN(length(key_hash)) FROM rate_limits"), Cancellation));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, await limits.PruneAsync(Cancellation));
        Assert.Equal(1, await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM rate_limits"), Cancellation));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void The_addresses_of_one_subscriber_are_one(string first, string second, bool same) =>
        Assert.Equal(same, RateLimits.KeyOf(IPAddress.Parse(first)) == RateLimits.KeyOf(IPAddress.Parse(second)));

    private static ManualTime NewTime() => new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
}
