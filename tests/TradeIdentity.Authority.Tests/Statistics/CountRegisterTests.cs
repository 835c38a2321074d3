using System.Globalization;
using TradeIdentity.Authority.Statistics;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Operators;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Statistics;

public sealed class CountRegisterOnSqliteTests(SqliteLedger ledger) : CountRegisterTests(ledger), IClassFixture<SqliteLedger>;

public sealed class CountRegisterOnPostgreSqlTests(PostgreSqlLedger ledger) : CountRegisterTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class CountRegisterTests(LedgerFixture ledger)
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 15, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_register_is_counted_as_empty()
    {
        using var count = new CountRegister(await ledger.NewAsync(), _time);

        var figures = await count.ExecuteAsync(Cancellation);

        Assert.Equal((0, 0, 0), (figures.Operators, figures.Ended, figures.MandatesInForce));
        Assert.Empty(figures.ByCountry);
        Assert.Equal(12, figures.Months.Count);
        Assert.All(figures.Months, month => Assert.Equal((0, 0, 0, null), (month.Submitted, month.Granted, month.Refused, month.MedianDays)));
    }

    [Fact]
    public async Task Operators_are_counted_by_country_and_components_by_status()
    {
        var database = await ledger.NewAsync();
        await new Register(database).ImportAsync(
            Register.Whole,
            """{"tin":"NL2","legalName":"Example Two","jurisdiction":"NL"}""",
            """{"tin":"US3","legalName":"Example Three","jurisdiction":"US-DE"}""");
        using var count = new CountRegister(database, _time);

        var figures = await count.ExecuteAsync(Cancellation);

        Assert.Equal(3, figures.Operators);
        Assert.Equal([new CountryFigure("NL", 2), new CountryFigure("US", 1)], figures.ByCountry);
        Assert.Equal(("AEOC", "granted", 1L), (Assert.Single(figures.Aeo).Component, figures.Aeo[0].Status, figures.Aeo[0].Operators));
    }

    [Fact]
    public async Task Applications_are_counted_by_month_with_the_median_of_the_days_to_decide()
    {
        var database = await ledger.NewAsync();
        await new Register(database).ImportAsync([.. Enumerable.Range(1, 5).Select(i => $$"""{"tin":"NL{{i}}","legalName":"Example {{i}}","jurisdiction":"NL"}""")]);
        await StepsAsync(database, "NL1", ("submit", "2025-12-01T10:00:00Z"), ("grant", "2026-02-01T11:00:00Z"));
        await StepsAsync(database, "NL2", ("submit", "2026-01-31T23:59:59Z"), ("refuse", "2026-02-10T23:59:59Z"));
        await StepsAsync(database, "NL3", ("submit", "2026-02-01T00:00:00Z"), ("reject", "2026-02-04T00:00:00Z"), ("submit", "2026-03-01T00:00:00Z"));
        // Taken over: decided elsewhere, and submitted never.
        await StepsAsync(database, "NL4", ("grant", "2026-03-01T00:00:00Z"));
        await StepsAsync(database, "NL5", ("submit", "2025-03-31T00:00:00Z"));
        using var count = new CountRegister(database, _time);

        var months = (await count.ExecuteAsync(Cancellation)).Months.ToDictionary(month => month.Month);

        Assert.Equal(new MonthFigure(new(2025, 12, 1), 1, 0, 0, null), months[new(2025, 12, 1)]);
        Assert.Equal(new MonthFigure(new(2026, 1, 1), 1, 0, 0, null), months[new(2026, 1, 1)]);
        Assert.Equal(new MonthFigure(new(2026, 2, 1), 1, 1, 2, 10), months[new(2026, 2, 1)]);
        Assert.Equal(new MonthFigure(new(2026, 3, 1), 1, 1, 0, null), months[new(2026, 3, 1)]);
        Assert.Equal((new DateOnly(2025, 4, 1), new DateOnly(2026, 3, 1)), (months.Keys.Min(), months.Keys.Max()));
    }

    [Fact]
    public async Task A_count_is_kept_for_ten_minutes_and_made_anew_after_while_the_last_is_answered()
    {
        var database = await ledger.NewAsync();
        using var count = new CountRegister(database, _time);
        var first = await count.ExecuteAsync(Cancellation);
        await new Register(database).ImportAsync("""{"tin":"NL2","legalName":"Example Two","jurisdiction":"NL"}""");
        _time.Advance(CountRegister.KeptFor - TimeSpan.FromTicks(1));
        Assert.Same(first, await count.ExecuteAsync(Cancellation));
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Same(first, await count.ExecuteAsync(Cancellation));

        RegisterFigures next;
        while (ReferenceEquals(next = await count.ExecuteAsync(Cancellation), first))
        {
            await Task.Yield();
            Cancellation.ThrowIfCancellationRequested();
        }

        Assert.Equal((1, _time.GetUtcNow()), (next.Operators, next.AsOf));
    }

    [Fact]
    public async Task Who_does_not_wait_for_the_first_count_finds_it_later()
    {
        using var count = new CountRegister(await ledger.NewAsync(), TimeProvider.System);
        var early = await count.WithinAsync(TimeSpan.Zero, Cancellation);
        var counted = await count.ExecuteAsync(Cancellation);
        Assert.Same(counted, early ?? counted);
        Assert.Same(counted, await count.WithinAsync(TimeSpan.FromSeconds(30), Cancellation));
    }

    private static Task<int> StepsAsync(Database database, string tin, params (string Act, string At)[] steps) => database.WriteAsync(
        async tx =>
        {
            for (var i = 0; i < steps.Length; i++)
            {
                await tx.ExecuteAsync(
                    """
                    INSERT INTO aeo_history (tin, programme, component, step, act, to_status, effective_from, proposed_by, approved_by, recorded_at, taken_by)
                    VALUES (@tin, 'EU', 'AEOC', @step, @act, 'submitted', '2026-01-01', 'anna', 'anna', @at, 'officer')
                    """,
                    new { tin, step = i + 1L, act = steps[i].Act, at = DateTimeOffset.Parse(steps[i].At, CultureInfo.InvariantCulture).ToUnixTimeSeconds() });
            }

            return steps.Length;
        },
        Cancellation);
}
