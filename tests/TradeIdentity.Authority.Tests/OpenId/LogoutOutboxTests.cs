using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.OpenId;

public sealed class LogoutOutboxOnSqliteTests(SqliteLedger ledger) : LogoutOutboxTests(ledger), IClassFixture<SqliteLedger>;

public sealed class LogoutOutboxOnPostgreSqlTests(PostgreSqlLedger ledger) : LogoutOutboxTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class LogoutOutboxTests(LedgerFixture ledger)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_clients_of_an_ended_session_are_told_and_no_others()
    {
        var (database, time) = (await ledger.NewAsync(), new ManualTime(Now));
        var clients = new SessionClients(database, time);
        await clients.AddAsync("ended", "agency", Cancellation);
        await clients.AddAsync("ended", "agency", Cancellation);
        await clients.AddAsync("ended", "carrier", Cancellation);
        await clients.AddAsync("open", "agency", Cancellation);
        await EndAsync(database, clients, "ended");

        var due = await new LogoutOutbox(database, time).TakeDueAsync(Cancellation);

        Assert.Equal([("agency", "ended", "person"), ("carrier", "ended", "person")], due.Select(message => (message.ClientId, message.Sid, message.AccountId)).Order());
        Assert.Empty(await clients.ListAsync("ended", Cancellation));
        Assert.Equal(["agency"], await clients.ListAsync("open", Cancellation));
    }

    [Fact]
    public async Task A_message_is_taken_by_one_instance_and_comes_up_again_later_each_time_until_it_is_removed()
    {
        var (database, time) = (await ledger.NewAsync(), new ManualTime(Now));
        var clients = new SessionClients(database, time);
        await clients.AddAsync("ended", "agency", Cancellation);
        await EndAsync(database, clients, "ended");
        LogoutOutbox[] instances = [new(database, time), new(ledger.OpenAgain(database), time)];
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => instances[i % 2].TakeDueAsync(Cancellation)));
        var message = Assert.Single(taken.SelectMany(messages => messages));

        var last = Now;
        var gaps = new List<double>();
        for (var attempt = 2; attempt <= LogoutOutbox.MostAttempts; attempt++)
        {
            List<LogoutMessage> due;
            do
            {
                time.Advance(TimeSpan.FromSeconds(30));
                due = await instances[0].TakeDueAsync(Cancellation);
            }
            while (due.Count == 0);

            Assert.Equal(attempt, Assert.Single(due).Attempts);
            gaps.Add((time.GetUtcNow() - last).TotalSeconds);
            last = time.GetUtcNow();
        }

        Assert.Equal(gaps.Order(), gaps);
        Assert.InRange(gaps.Sum(), 3600, 3 * 3600);
        await instances[1].RemoveAsync(message, Cancellation);
        time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await instances[0].TakeDueAsync(Cancellation));
    }

    private static Task<int> EndAsync(Database database, SessionClients clients, string sid) =>
        database.WriteAsync(
            async tx =>
            {
                await clients.OnEndedAsync(tx, "person", [sid]);
                return 0;
            },
            Cancellation);
}
