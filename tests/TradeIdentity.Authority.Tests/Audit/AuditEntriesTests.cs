using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Audit;

public sealed class AuditEntriesOnSqliteTests(SqliteLedger ledger) : AuditEntriesTests(ledger), IClassFixture<SqliteLedger>;

public sealed class AuditEntriesOnPostgreSqlTests(PostgreSqlLedger ledger) : AuditEntriesTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class AuditEntriesTests(LedgerFixture ledger)
{
    private static readonly DateTimeOffset First = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_filter_lets_its_own_pass_newest_first()
    {
        var entries = await FilledAsync(12);

        Assert.Equal([12, 11, 10], await SequencesAsync(entries, new AuditFilter(), 3));
        Assert.Equal([12, 9, 6, 3], await SequencesAsync(entries, new AuditFilter(Subject: "operator:0"), 100));
        Assert.Equal([12, 10, 8, 6, 4, 2], await SequencesAsync(entries, new AuditFilter(Actor: "actor0"), 100));
        Assert.Equal([12, 8, 4], await SequencesAsync(entries, new AuditFilter(Act: "act-0"), 100));
        Assert.Equal([12], await SequencesAsync(entries, new AuditFilter("operator:0", "actor0", "act-0"), 100));
        Assert.Empty(await SequencesAsync(entries, new AuditFilter(Act: "act-"), 100));
    }

    [Fact]
    public async Task Days_bound_the_list_and_both_count()
    {
        var entries = await FilledAsync(12);
        var day = DateOnly.FromDateTime(First.UtcDateTime);

        Assert.Equal([5, 4, 3, 2, 1], await SequencesAsync(entries, new AuditFilter(Until: day.AddDays(4)), 100));
        Assert.Equal([12, 11, 10], await SequencesAsync(entries, new AuditFilter(From: day.AddDays(9)), 100));
        Assert.Equal([4], await SequencesAsync(entries, new AuditFilter(From: day.AddDays(3), Until: day.AddDays(3)), 100));
        Assert.Empty(await SequencesAsync(entries, new AuditFilter(From: day.AddDays(4), Until: day.AddDays(3)), 100));
        Assert.Empty(await SequencesAsync(entries, new AuditFilter(Until: day.AddDays(-1)), 100));
        Assert.Equal([12], await SequencesAsync(entries, new AuditFilter(From: DateOnly.MinValue, Until: DateOnly.MaxValue), 1));
        Assert.Empty((await PageAsync(entries, new AuditFilter(), long.MinValue, 100)).Entries);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    public async Task Pages_miss_nothing_and_repeat_nothing(int limit)
    {
        var entries = await FilledAsync(12);
        var seen = new List<long>();
        for (long? before = null; ;)
        {
            var page = await PageAsync(entries, new AuditFilter(Actor: "actor1"), before, limit);
            seen.AddRange(page.Entries.Select(entry => entry.Sequence));
            if (page.Next is null)
            {
                break;
            }

            before = page.Next;
        }

        Assert.Equal([11, 9, 7, 5, 3, 1], seen);
    }

    [Fact]
    public async Task What_is_rare_is_looked_for_in_bounded_steps_that_say_how_far()
    {
        var database = await ledger.NewAsync();
        var records = Enumerable.Range(1, AuditEntries.MostSearched + 10).Select(i => new AuditRecord("system", i == 3 ? "rare" : "common", "s", "{}")).ToArray();
        await AppendAsync(database, First, records);
        var entries = new AuditEntries(database);

        var first = await PageAsync(entries, new AuditFilter(Act: "rare"), null, 50);
        Assert.Empty(first.Entries);
        Assert.Equal((11, 11), (first.Next, first.SearchedTo));
        var second = await PageAsync(entries, new AuditFilter(Act: "rare"), first.Next, 50);
        Assert.Equal(3, Assert.Single(second.Entries).Sequence);
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task An_entry_is_found_by_its_number_with_the_hashes_of_the_chain()
    {
        var entries = await FilledAsync(2);
        var (one, two) = ((await entries.FindAsync(1, Cancellation))!, (await entries.FindAsync(2, Cancellation))!);

        Assert.Equal((new string('0', 64), one.Hash), (one.PreviousHash, two.PreviousHash));
        Assert.Equal((First, "actor1", "act-1", "operator:1", """{"i":1}"""), (one.At, one.Actor, one.Act, one.Subject, one.Details));
        Assert.Null(await entries.FindAsync(3, Cancellation));
        Assert.Equal(2, await entries.NewestAsync(Cancellation));
    }

    [Fact]
    public async Task What_is_out_of_bounds_is_refused()
    {
        var entries = new AuditEntries(ledger.Database);
        Assert.Equal("query_invalid", (await entries.ListAsync(new AuditFilter(Actor: new string('a', 251)), null, null, Cancellation)).Refusal?.Code);
        Assert.Equal("query_invalid", (await entries.ListAsync(new AuditFilter(Subject: "a\0"), null, null, Cancellation)).Refusal?.Code);
        Assert.Equal("limit_invalid", (await entries.ListAsync(new AuditFilter(), null, 0, Cancellation)).Refusal?.Code);
    }

    // Entry i is of the i-th day.
    private async Task<AuditEntries> FilledAsync(int count)
    {
        var database = await ledger.NewAsync();
        for (var i = 1; i <= count; i++)
        {
            await AppendAsync(database, First.AddDays(i - 1), new AuditRecord($"actor{i % 2}", $"act-{i % 4}", $"operator:{i % 3}", $$"""{"i":{{i}}}"""));
        }

        return new AuditEntries(database);
    }

    private static Task<int> AppendAsync(Database database, DateTimeOffset at, params IReadOnlyList<AuditRecord> records) => database.WriteAsync(
        async tx =>
        {
            await AuditTrail.AppendAsync(tx, at, records);
            return 0;
        },
        Cancellation);

    private static async Task<IEnumerable<long>> SequencesAsync(AuditEntries entries, AuditFilter filter, int limit) =>
        (await PageAsync(entries, filter, null, limit)).Entries.Select(entry => entry.Sequence);

    private static async Task<AuditPage> PageAsync(AuditEntries entries, AuditFilter filter, long? before, int limit) =>
        (await entries.ListAsync(filter, before, limit, Cancellation)).Match(page => page, refusal => throw new InvalidOperationException(refusal.Code));
}
