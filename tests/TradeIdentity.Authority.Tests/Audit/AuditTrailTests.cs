using System.Data.Common;
using Dapper;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Audit;

public sealed class AuditTrailOnSqliteTests(SqliteLedger ledger) : AuditTrailTests(ledger), IClassFixture<SqliteLedger>;

public sealed class AuditTrailOnPostgreSqlTests(PostgreSqlLedger ledger) : AuditTrailTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class AuditTrailTests(LedgerFixture ledger)
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_entries_from_one_without_a_gap()
    {
        var database = await ledger.NewAsync();

        await AppendAsync(database, Record("a"));
        await AppendAsync(database, [.. Enumerable.Range(0, 1000).Select(i => Record($"{i}"))]);
        await AppendAsync(database, Record("z"));

        var sequences = await database.ReadAsync(
            async db => (await db.QueryAsync<long>("SELECT sequence FROM audit_entries ORDER BY sequence")).AsList(), Cancellation);
        Assert.Equal(Enumerable.Range(1, 1002).Select(i => (long)i), sequences);
    }

    [Fact]
    public async Task Verifies_what_it_appended_across_pages_and_answers_the_head()
    {
        var database = await ledger.NewAsync();
        await AppendAsync(database, Records(2500));

        var intact = Assert.IsType<AuditVerification.Intact>(await VerifyAsync(database));

        Assert.Equal(2500, intact.Entries);
        Assert.Equal(0, intact.Erased);
        Assert.Equal(2500, intact.Head.Sequence);
        Assert.Equal(Convert.ToHexStringLower(await HashAsync(database, 2500)), intact.Head.Hash);
        Assert.Equal(intact, await VerifyAsync(database, intact.Head));
    }

    [Fact]
    public async Task An_empty_trail_is_intact() =>
        Assert.Equal(
            new AuditVerification.Intact(0, 0, new AuditHead(0, new string('0', 64))),
            await VerifyAsync(await ledger.NewAsync()));

    [Fact]
    public async Task Acts_of_several_instances_at_once_make_one_chain()
    {
        var database = await ledger.NewAsync();
        var other = ledger.OpenAgain(database);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => AppendAsync(i % 2 == 0 ? database : other, Records(3))));

        Assert.Equal(180, Assert.IsType<AuditVerification.Intact>(await VerifyAsync(database)).Entries);
    }

    [Fact]
    public async Task An_act_that_fails_leaves_no_entry()
    {
        var database = await ledger.NewAsync();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => database.WriteAsync<int>(
            async tx =>
            {
                await AuditTrail.AppendAsync(tx, At, Record("lost"));
                throw new InvalidTimeZoneException();
            },
            Cancellation));
        await AppendAsync(database, Record("kept"));

        Assert.Equal(1, Assert.IsType<AuditVerification.Intact>(await VerifyAsync(database)).Entries);
    }

    [Theory]
    [InlineData("actor = 'another'")]
    [InlineData("act = 'another'")]
    [InlineData("subject = 'another'")]
    [InlineData("at = at + 1")]
    [InlineData("details = '{}'")]
    [InlineData("details = NULL")]
    [InlineData("salt = details_digest")]
    [InlineData("details_digest = hash")]
    [InlineData("hash = previous_hash")]
    public async Task A_changed_column_is_found(string change)
    {
        var database = await TamperableAsync();
        await SqlAsync(database, $"UPDATE audit_entries SET {change} WHERE sequence = 5");

        Assert.Equal(new AuditVerification.Broken(5, AuditFault.Changed), await VerifyAsync(database));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task A_deleted_entry_is_found(long sequence)
    {
        var database = await TamperableAsync();
        await SqlAsync(database, $"DELETE FROM audit_entries WHERE sequence = {sequence}");

        Assert.Equal(new AuditVerification.Broken(sequence, AuditFault.Missing), await VerifyAsync(database));
    }

    [Fact]
    public async Task Two_entries_that_changed_places_are_found()
    {
        var database = await TamperableAsync();
        await SqlAsync(database, "UPDATE audit_entries SET sequence = 1000 WHERE sequence = 4");
        await SqlAsync(database, "UPDATE audit_entries SET sequence = 4 WHERE sequence = 5");
        await SqlAsync(database, "UPDATE audit_entries SET sequence = 5 WHERE sequence = 1000");

        Assert.Equal(new AuditVerification.Broken(4, AuditFault.Reordered), await VerifyAsync(database));
    }

    [Fact]
    public async Task An_entry_written_anew_with_a_fitting_hash_is_found_by_its_successor()
    {
        var database = await TamperableAsync();
        var forged = await ledger.NewAsync();
        await AppendAsync(forged, Records(10));
        // An independent chain of the same records: entry 1 of it is whole, follows nothing, and has another salt.
        var (digest, salt, hash) = await FirstAsync(forged);
        await database.WriteAsync(
            tx => tx.ExecuteAsync(
                "UPDATE audit_entries SET details_digest = @digest, salt = @salt, hash = @hash WHERE sequence = 1", new { digest, salt, hash }),
            Cancellation);

        Assert.Equal(new AuditVerification.Broken(2, AuditFault.PredecessorRewritten), await VerifyAsync(database));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public async Task Verified_part_by_part_the_chain_is_the_same(int length)
    {
        var database = await TamperableAsync();
        var whole = Assert.IsType<AuditVerification.Intact>(await VerifyAsync(database));

        Assert.Equal(new AuditVerification.Intact(0, 0, whole.Head), await ByPartsAsync(database, length));
    }

    [Theory]
    [InlineData("DELETE FROM audit_entries WHERE sequence = 5", 5, AuditFault.Missing)]
    [InlineData("DELETE FROM audit_entries WHERE sequence BETWEEN 3 AND 9", 3, AuditFault.Missing)]
    [InlineData("UPDATE audit_entries SET actor = 'another' WHERE sequence = 6", 6, AuditFault.Changed)]
    [InlineData("UPDATE audit_entries SET previous_hash = hash WHERE sequence = 4", 4, AuditFault.Reordered)]
    public async Task Verified_part_by_part_a_fault_is_found_wherever_parts_meet(string tamper, long sequence, AuditFault fault)
    {
        var database = await TamperableAsync();
        await SqlAsync(database, tamper);

        for (var length = 1; length <= 10; length++)
        {
            Assert.Equal(new AuditVerification.Broken(sequence, fault), await ByPartsAsync(database, length));
        }
    }

    [Fact]
    public async Task A_part_that_starts_from_another_chain_is_found()
    {
        var database = await TamperableAsync();
        var start = new AuditHead(4, new string('a', 64));

        Assert.Equal(new AuditVerification.Broken(5, AuditFault.PredecessorRewritten), await AuditTrail.VerifyPartAsync(database, start, 3, Cancellation));
    }

    [Fact]
    public async Task A_trail_cut_off_at_its_end_is_found_against_a_remembered_head()
    {
        var database = await TamperableAsync();
        var head = Assert.IsType<AuditVerification.Intact>(await VerifyAsync(database)).Head;
        await SqlAsync(database, "DELETE FROM audit_entries WHERE sequence > 7");

        Assert.IsType<AuditVerification.Intact>(await VerifyAsync(database));
        Assert.Equal(new AuditVerification.Broken(8, AuditFault.Truncated), await VerifyAsync(database, head));
    }

    [Fact]
    public async Task A_trail_rewritten_as_a_whole_is_found_against_a_remembered_head()
    {
        var database = await ledger.NewAsync();
        await AppendAsync(database, Records(10));
        var another = await ledger.NewAsync();
        await AppendAsync(another, Records(10));
        var head = Assert.IsType<AuditVerification.Intact>(await VerifyAsync(database)).Head;

        Assert.Equal(new AuditVerification.Broken(10, AuditFault.Rewritten), await VerifyAsync(another, head));
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET actor = 'another' WHERE sequence = 1")]
    [InlineData("UPDATE audit_entries SET details = '{}' WHERE sequence = 1")]
    [InlineData("UPDATE audit_entries SET details = NULL WHERE sequence = 1")]
    [InlineData("UPDATE audit_entries SET details = NULL, salt = NULL, actor = 'another' WHERE sequence = 1")]
    [InlineData("DELETE FROM audit_entries WHERE sequence = 1")]
    [InlineData("DELETE FROM audit_entries")]
    public async Task The_database_refuses_to_change_or_delete_an_entry(string sql)
    {
        var database = await ledger.NewAsync();
        await AppendAsync(database, Records(2));

        var refused = await Assert.ThrowsAnyAsync<DbException>(() => SqlAsync(database, sql));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, Assert.IsType<AuditVerification.Intact>(await VerifyAsync(database)).Entries);
    }

    [Fact]
    public async Task The_database_refuses_the_dialects_own_way_around()
    {
        var database = await ledger.NewAsync();
        await AppendAsync(database, Records(2));
        var sql = database.Dialect == SqlDialect.PostgreSql
            ? "TRUNCATE audit_entries"
            : "INSERT OR REPLACE INTO audit_entries SELECT sequence, at, 'another', act, subject, details, salt, details_digest, previous_hash, hash FROM audit_entries";

        var refused = await Assert.ThrowsAnyAsync<DbException>(() => SqlAsync(database, sql));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erased_details_are_gone_and_the_chain_still_verifies()
    {
        var database = await ledger.NewAsync();
        await AppendAsync(database, Record("operator:A"), Record("operator:B"), Record("operator:A"));

        var erased = await new EraseAuditDetails(database, new ManualTime(At)).ExecuteAsync("operator:A", "officer", Cancellation);

        Assert.Equal(2, erased);
        var left = await database.ReadAsync(
            async db => (await db.QueryAsync<string>("SELECT details FROM audit_entries WHERE details IS NOT NULL ORDER BY sequence")).AsList(),
            Cancellation);
        Assert.Equal(["""{"of":"operator:B"}""", """{"entries":2}"""], left);
        var intact = Assert.IsType<AuditVerification.Intact>(await VerifyAsync(database));
        Assert.Equal((4, 2), (intact.Entries, intact.Erased));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xD800)]
    public async Task Refuses_text_that_no_database_keeps_unchanged(int character)
    {
        var text = $"before {(char)character} after";
        var database = await ledger.NewAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => AppendAsync(database, Record("s") with { Details = text }));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => AppendAsync(database, Record("s") with { Subject = text }));
    }

    [Fact]
    public async Task Text_of_every_script_comes_back_as_it_was_hashed()
    {
        var database = await ledger.NewAsync();
        await AppendAsync(database, new AuditRecord("官员", "tested", "operator:é e\u0301 😀", """{"name":"شركة"}"""));

        Assert.Equal(1, Assert.IsType<AuditVerification.Intact>(await VerifyAsync(database)).Entries);
    }

    private static AuditRecord Record(string subject) => new("system", "tested", subject, $$"""{"of":"{{subject}}"}""");

    private static AuditRecord[] Records(int count) => [.. Enumerable.Range(1, count).Select(i => Record($"{i}"))];

    private static Task<int> AppendAsync(Database database, params IReadOnlyList<AuditRecord> records) =>
        database.WriteAsync(
            async tx =>
            {
                await AuditTrail.AppendAsync(tx, At, records);
                return 0;
            },
            Cancellation);

    private static Task<AuditVerification> VerifyAsync(Database database, AuditHead? expected = null) =>
        AuditTrail.VerifyAsync(database, expected, Cancellation);

    // Until a part has nothing left, or a fault.
    private static async Task<AuditVerification> ByPartsAsync(Database database, int length)
    {
        for (AuditHead? head = null; ;)
        {
            var part = await AuditTrail.VerifyPartAsync(database, head, length, Cancellation);
            if (part is not AuditVerification.Intact { Entries: > 0 } intact)
            {
                return part;
            }

            Assert.InRange(intact.Entries, 1, length);
            head = intact.Head;
        }
    }

    private static Task<int> SqlAsync(Database database, string sql) => database.WriteAsync(tx => tx.ExecuteAsync(sql), Cancellation);

    private static Task<byte[]> HashAsync(Database database, long sequence) =>
        database.ReadAsync(db => db.QuerySingleAsync<byte[]>("SELECT hash FROM audit_entries WHERE sequence = @sequence", new { sequence }), Cancellation);

    private static Task<FirstRow> FirstAsync(Database database) =>
        database.ReadAsync(
            db => db.QuerySingleAsync<FirstRow>("SELECT details_digest AS Digest, salt AS Salt, hash AS Hash FROM audit_entries WHERE sequence = 1"),
            Cancellation);

    /// <summary>Ten entries, and the triggers gone, as an intruder with the owner's rights would begin.</summary>
    private async Task<Database> TamperableAsync()
    {
        var database = await ledger.NewAsync();
        await AppendAsync(database, Records(10));
        var on = database.Dialect == SqlDialect.PostgreSql ? " ON audit_entries" : "";
        await SqlAsync(database, $"DROP TRIGGER audit_entries_update_refused{on}");
        await SqlAsync(database, $"DROP TRIGGER audit_entries_delete_refused{on}");
        return database;
    }

    private sealed record FirstRow(byte[] Digest, byte[] Salt, byte[] Hash);
}
