using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Tests.Mandates;
using TradeIdentity.Authority.Tests.Storage;
using static TradeIdentity.Authority.Tests.Mandates.TestMandates;

namespace TradeIdentity.Authority.Tests.Notices;

public sealed class WarnOfEndsOnSqliteTests(SqliteLedger ledger) : WarnOfEndsTests(ledger), IClassFixture<SqliteLedger>;

public sealed class WarnOfEndsOnPostgreSqlTests(PostgreSqlLedger ledger) : WarnOfEndsTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class WarnOfEndsTests(LedgerFixture ledger)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mandate_of_a_year_is_told_of_90_30_and_7_days_ahead_each_once()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[0]) with { ValidUntil = mandates.Now.AddDays(365) });
        List<int> toldOn = [];
        for (var day = 0; day <= 366; day++)
        {
            if (await Warn(mandates).ExecuteAsync(Cancellation) is > 0 and var told)
            {
                // The principal, who is the grantor too, and the representative.
                Assert.Equal(2, told);
                toldOn.Add(day);
            }

            mandates.Authority.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([275, 335, 358], toldOn);
        Assert.Equal(3, await CountAsync(mandates, Brokers[0], "mandate-ends"));
    }

    [Fact]
    public async Task A_mandate_for_a_month_is_told_of_a_week_ahead_alone_and_one_that_was_revoked_never()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[0]) with { ValidUntil = mandates.Now.AddDays(30) });
        var ended = await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[1]) with { ValidUntil = mandates.Now.AddDays(30) });
        TestAuthority.Value(await mandates.End.ExecuteAsync(ended.Last.Id, "over", mandates.Of(Importer), Cancellation));
        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[2]) with { ValidUntil = mandates.Now.AddDays(30) });

        Assert.Equal(0, await Warn(mandates).ExecuteAsync(Cancellation));
        mandates.Authority.Time.Advance(TimeSpan.FromDays(24));
        Assert.Equal(2, await Warn(mandates).ExecuteAsync(Cancellation));
        Assert.Equal((1, 0, 0), (await CountAsync(mandates, Brokers[0], "mandate-ends"), await CountAsync(mandates, Brokers[1], "mandate-ends"), await CountAsync(mandates, Brokers[2], "mandate-ends")));
    }

    [Fact]
    public async Task Two_instances_at_once_tell_it_once()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[0]) with { ValidUntil = mandates.Now.AddDays(365) });
        mandates.Authority.Time.Advance(TimeSpan.FromDays(300));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Warn(mandates).ExecuteAsync(Cancellation)));
        Assert.Equal(1, await CountAsync(mandates, Brokers[0], "mandate-ends"));
    }

    [Fact]
    public async Task An_AEO_status_that_has_an_end_is_told_of_and_one_without_is_not()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var today = DateOnly.FromDateTime(mandates.Now.UtcDateTime);
        await mandates.Authority.Database.WriteAsync(
            tx => tx.ExecuteAsync("UPDATE aeo_components SET granted_from = @From, effective_until = @Until WHERE tin = @Tin AND component = 'AEOC'",
                new { From = NoticeWords.Write(today.AddYears(-1)), Until = NoticeWords.Write(today.AddDays(20)), Tin = Brokers[0].Value }),
            Cancellation);
        Assert.Equal(1, await Warn(mandates).ExecuteAsync(Cancellation));
        Assert.Equal(0, await Warn(mandates).ExecuteAsync(Cancellation));
        Assert.Equal(1, await CountAsync(mandates, Brokers[0], "aeo-ends"));
    }

    [Fact]
    public async Task A_credential_is_told_of_unless_there_is_a_newer_one()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        await mandates.Authority.IssueOneAsync();
        mandates.Authority.Time.Advance(TimeSpan.FromDays(300));
        Assert.Equal(1, await Warn(mandates).ExecuteAsync(Cancellation));
        Assert.Equal(1, await CountAsync(mandates, Importer, "credential-ends"));
        mandates.Authority.Time.Advance(TimeSpan.FromDays(40));
        await mandates.Authority.IssueOneAsync();
        Assert.Equal(0, await Warn(mandates).ExecuteAsync(Cancellation));
    }

    private static WarnOfEnds Warn(TestMandates mandates) => new(mandates.Authority.Database, mandates.Authority.Time);

    private static async Task<int> CountAsync(TestMandates mandates, Tin tin, string kind) =>
        (await new NoticeReader(mandates.Authority.Database).PageAsync("somebody", tin, null, 200, Cancellation)).Count(notice => notice.Kind == kind);
}
