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
