using System.Text;
using Dapper;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Tests.Keys;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Accounts;

public sealed class MailOutboxOnSqliteTests(SqliteLedger ledger) : MailOutboxTests(ledger), IClassFixture<SqliteLedger>;

public sealed class MailOutboxOnPostgreSqlTests(PostgreSqlLedger ledger) : MailOutboxTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class MailOutboxTests(LedgerFixture ledger)
{
    private static readonly OutgoingMail Mail = new("ada@trader.example", "Ada Ö", "Sujet é", "https://identity.customs.example/account/reset-password?token=a%2Bb\n");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_mail_is_taken_by_one_instance_and_comes_up_again_later_each_time_until_it_is_given_up()
    {
        var (database, key, time) = (await ledger.NewAsync(), TestKeys.NewEncryptionKey(), NewTime());
        MailOutbox[] instances = [new(database, time, key), new(ledger.OpenAgain(database), time, key)];
        await instances[0].AddAsync(Mail, Cancellation);
        Assert.Empty(await instances[0].TakeDueAsync(Cancellation));

        var gaps = new List<int>();
        DueMail? last = null;
        for (var seconds = 0; last is not { IsLastAttempt: true }; seconds += 30)
        {
            Assert.True(seconds < 100_000, "It is given up some time.");
            time.Advance(TimeSpan.FromSeconds(30));
            var taken = await Task.WhenAll(instances.Select(outbox => outbox.TakeDueAsync(Cancellation)));
            if (taken.SelectMany(mails => mails).ToList() is [var due])
            {
                Assert.Equal(Mail, due.Mail);
                gaps.Add(seconds);
                last = due;
            }
        }

        Assert.Equal(7, gaps.Count);
        var waits = gaps.Skip(1).Zip(gaps, (after, before) => after - before).ToList();
        Assert.Equal(waits.Order(), waits);
        await instances[1].RemoveAsync(last, Cancellation);
        time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await instances[0].TakeDueAsync(Cancellation));
    }

    [Fact]
    public async Task The_table_tells_neither_whom_nor_what()
    {
        var (database, time) = (await ledger.NewAsync(), NewTime());
        await new MailOutbox(database, time, TestKeys.NewEncryptionKey()).AddAsync(Mail, Cancellation);

        var row = await database.ReadAsync(connection => connection.QuerySingleAsync<byte[]>("SELECT sealed FROM mail_outbox"), Cancellation);

        Assert.DoesNotContain("ada@trader.example", Encoding.Latin1.GetString(row), StringComparison.Ordinal);
        Assert.DoesNotContain("token=", Encoding.Latin1.GetString(row), StringComparison.Ordinal);
    }

    private static ManualTime NewTime() => new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
}
