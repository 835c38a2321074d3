using Dapper;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.OpenId;

public sealed class ReplayGuardOnSqliteTests(SqliteLedger ledger) : ReplayGuardTests(ledger), IClassFixture<SqliteLedger>;

public sealed class ReplayGuardOnPostgreSqlTests(PostgreSqlLedger ledger) : ReplayGuardTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class ReplayGuardTests(LedgerFixture ledger)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_value_passes_once_on_all_instances_together()
    {
        var database = await ledger.NewAsync();
        ReplayGuard[] instances = [new(database, new ManualTime(Now)), new(ledger.OpenAgain(database), new ManualTime(Now))];

        var passed = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => instances[i % 2].TryPassAsync("client_assertion", "broker", "jti-1", Now, Cancellation)));

        Assert.Equal(1, passed.Count(once => once));
    }

    [Fact]
    public async Task Of_a_crowd_of_values_each_passes_once_wherever_its_copies_arrive()
    {
        var database = await ledger.NewAsync();
        ReplayGuard[] instances = [new(database, new ManualTime(Now)), new(ledger.OpenAgain(database), new ManualTime(Now))];

        var passed = await Task.WhenAll(Enumerable.Range(0, 900).Select(async i =>
            (Value: i % 300, Once: await instances[i % 2].TryPassAsync("proof", "broker", $"jti-{i % 300}", Now, Cancellation))));

        Assert.Equal(Enumerable.Range(0, 300), passed.Where(one => one.Once).Select(one => one.Value).Order());
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 300).Select(i => instances[1].TryPassAsync("proof", "broker", $"jti-{i}", Now, Cancellation))), Assert.False);
    }

    [Fact]
    public async Task Whose_wait_is_cancelled_leaves_the_way_free_for_others()
    {
        var guard = new ReplayGuard(await ledger.NewAsync(), new ManualTime(Now));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => guard.TryPassAsync("proof", "broker", "gone", Now, new CancellationToken(canceled: true)));
        Assert.True(await guard.TryPassAsync("proof", "broker", "next", Now, Cancellation));
    }

    [Fact]
    public async Task Equal_values_of_other_parties_and_purposes_do_not_meet()
    {
        var guard = new ReplayGuard(await ledger.NewAsync(), new ManualTime(Now));

        Assert.True(await guard.TryPassAsync("client_assertion", "broker", "x", Now, Cancellation));
        Assert.True(await guard.TryPassAsync("client_assertion", "carrier", "x", Now, Cancellation));
        Assert.True(await guard.TryPassAsync("proof", "broker", "x", Now, Cancellation));
        Assert.True(await guard.TryPassAsync("client_assertion", "brokerx", "", Now, Cancellation));
        Assert.False(await guard.TryPassAsync("client_assertion", "broker", "x", Now, Cancellation));
    }

    [Fact]
    public async Task Pruning_forgets_only_what_nothing_accepts_any_more()
    {
        var database = await ledger.NewAsync();
        var guard = new ReplayGuard(database, new ManualTime(Now));
        await guard.TryPassAsync("p", "a", "ended", Now.AddSeconds(-10), Cancellation);
        await guard.TryPassAsync("p", "a", "current", Now.AddSeconds(10), Cancellation);

        Assert.Equal(1, await guard.PruneAsync(Cancellation));

        Assert.False(await guard.TryPassAsync("p", "a", "current", Now, Cancellation));
        Assert.Equal(1, await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM replay_guard"), Cancellation));
    }
}
