using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Imports;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Operators.Imports;

public sealed class RegisterImportsOnSqliteTests(SqliteLedger ledger) : RegisterImportsTests(ledger), IClassFixture<SqliteLedger>;

public sealed class RegisterImportsOnPostgreSqlTests(PostgreSqlLedger ledger) : RegisterImportsTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class RegisterImportsTests(LedgerFixture ledger)
{
    private static readonly ImportResult[] Results =
    [
        new(1, "NL1", ImportOutcome.Created, null, null),
        new(2, "NL2", ImportOutcome.Updated, null, null),
        new(3, null, ImportOutcome.Rejected, "tin_missing", "There is no TIN."),
        new(5, "NL5", ImportOutcome.Unchanged, null, null),
        new(6, "NL6", ImportOutcome.Rejected, "legal_name_invalid", "The name is empty."),
    ];

    private readonly ManualTime _time = new(Register.Now);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_are_counted_and_read_back_in_order_by_pages()
    {
        var imports = new RegisterImports(await ledger.NewAsync(), _time);
        var id = await imports.BeginAsync("folder/file.ndjson", 1000, "officer", Cancellation);
        await imports.AddAsync(id, Results[..2], 400, Cancellation);
        await imports.AddAsync(id, Results[2..], 800, Cancellation);

        var running = (await imports.FindAsync(id, Cancellation))!;
        Assert.Equal(("file.ndjson", "officer", 80, RegisterImportState.Running), (running.FileName, running.StartedBy, running.Percent, running.State));
        Assert.Equal((1, 1, 1, 2, 5), (running.Created, running.Updated, running.Unchanged, running.Rejected, running.Lines));
        Assert.Equal(Results, await imports.LinesAsync(id, onlyRejected: false, 0, 10, Cancellation));
        Assert.Equal(Results[1..3], await imports.LinesAsync(id, onlyRejected: false, 1, 2, Cancellation));
        Assert.Equal([3, 6], (await imports.LinesAsync(id, onlyRejected: true, 0, 10, Cancellation)).Select(line => line.Line));

        await imports.EndAsync(id, RegisterImportState.Done, Cancellation);
        var done = (await imports.FindAsync(id, Cancellation))!;
        Assert.Equal((RegisterImportState.Done, 100), (done.State, done.Percent));
    }

    [Fact]
    public async Task Without_progress_it_counts_as_interrupted_and_an_ended_one_as_ended()
    {
        var imports = new RegisterImports(await ledger.NewAsync(), _time);
        var running = await imports.BeginAsync("a", 10, "officer", Cancellation);
        var failed = await imports.BeginAsync("b", 10, "officer", Cancellation);
        await imports.EndAsync(failed, RegisterImportState.Failed, Cancellation);
        _time.Advance(RegisterImport.LongestPause);
        Assert.Equal(RegisterImportState.Running, (await imports.FindAsync(running, Cancellation))!.State);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([RegisterImportState.Failed, RegisterImportState.Interrupted], (await imports.ListAsync(10, Cancellation)).Select(import => import.State).Order());
    }

    [Fact]
    public async Task What_is_old_is_deleted_with_its_lines()
    {
        var imports = new RegisterImports(await ledger.NewAsync(), _time);
        var old = await imports.BeginAsync("old", 10, "officer", Cancellation);
        await imports.AddAsync(old, Results, 10, Cancellation);
        _time.Advance(TimeSpan.FromDays(RegisterImports.DaysKept));
        await imports.DeleteOldAsync(Cancellation);
        Assert.NotNull(await imports.FindAsync(old, Cancellation));
        _time.Advance(TimeSpan.FromSeconds(1));
        var young = await imports.BeginAsync("young", 10, "officer", Cancellation);

        await imports.DeleteOldAsync(Cancellation);

        Assert.Equal(young, Assert.Single(await imports.ListAsync(10, Cancellation)).Id);
        Assert.Empty(await imports.LinesAsync(old, onlyRejected: false, 0, 10, Cancellation));
    }

    [Theory]
    [InlineData("", "?")]
    [InlineData("a\u0007b", "?")]
    [InlineData("../../etc/passwd", "passwd")]
    public async Task A_file_name_is_shown_only_as_it_prints(string given, string shown)
    {
        var imports = new RegisterImports(ledger.Database, _time);

        Assert.Equal(shown, (await imports.FindAsync(await imports.BeginAsync(given, 1, "officer", Cancellation), Cancellation))!.FileName);
    }
}
