using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Mandates;
using TradeIdentity.Authority.Tests.Storage;
using TradeIdentity.Verification.Trust;
using static TradeIdentity.Authority.Tests.Mandates.TestMandates;

namespace TradeIdentity.Authority.Tests.Notices;

public sealed class NoticesOnSqliteTests(SqliteLedger ledger) : NoticeTests(ledger), IClassFixture<SqliteLedger>;

public sealed class NoticesOnPostgreSqlTests(PostgreSqlLedger ledger) : NoticeTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class NoticeTests(LedgerFixture ledger)
{
    private static readonly IMailOut Mailing = new MaildirMailOut(Path.GetTempPath(), "unused", new ManualTime(DateTimeOffset.UnixEpoch));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Languages => [.. SpokenLanguages.All.Select(language => language.Code)];

    [Fact]
    public async Task Each_party_reads_of_a_mandate_and_nobody_else()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var reader = new NoticeReader(mandates.Authority.Database);
        var employee = await mandates.PersonAsync();
        var offered = await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        await mandates.OfferedAsync(mandates.Offer(Brokers[1], Brokers[2]) with { Representative = new MandateRepresentative.OfPerson(employee) });

        var atImporter = await reader.PageAsync("somebody", Importer, null, 10, Cancellation);
        var atBroker = Assert.Single(await reader.PageAsync("somebody", Brokers[0], null, 10, Cancellation));
        Assert.Equal(("mandate-granted", offered.Last.Id, true), (atBroker.Kind, atBroker.About, atBroker.IsNew));
        Assert.Equal(atBroker.Facts, Assert.Single(atImporter).Facts);
        Assert.Contains(new NoticeFact("representation", "direct"), atBroker.Facts);
        Assert.Equal("mandate-granted", Assert.Single(await reader.PageAsync(employee, null, null, 10, Cancellation)).Kind);
        Assert.Empty(await reader.PageAsync("somebody", Brokers[2], null, 10, Cancellation));
        Assert.Empty(await reader.PageAsync("somebody", null, null, 10, Cancellation));
    }

    [Fact]
    public async Task An_act_that_is_not_stored_is_not_told()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var offered = await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
        TestAuthority.Value(await mandates.Answer.AcceptAsync(offered.Last.Id, mandates.Of(Brokers[0]), Cancellation));
        Assert.NotNull((await mandates.Answer.AcceptAsync(offered.Last.Id, mandates.Of(Brokers[0]), Cancellation)).Refusal);

        var told = await new NoticeReader(mandates.Authority.Database).PageAsync("somebody", Importer, null, 10, Cancellation);
        Assert.Equal(["mandate-accepted", "mandate-granted"], told.Select(notice => notice.Kind));
    }

    [Fact]
    public async Task Every_page_follows_the_one_before_and_what_one_has_seen_another_has_not()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var (reader, seen) = (new NoticeReader(mandates.Authority.Database), new MarkNoticesSeen(mandates.Authority.Database));
        var (ada, ben) = (await mandates.PersonAsync(Importer), await mandates.PersonAsync(Importer));
        for (var i = 0; i < 5; i++)
        {
            mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
            await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        }

        var all = await reader.PageAsync(ada, Importer, null, 10, Cancellation);
        var first = await reader.PageAsync(ada, Importer, null, 3, Cancellation);
        var second = await reader.PageAsync(ada, Importer, first[^1].Id, 3, Cancellation);
        Assert.Equal(all, [.. first, .. second], (one, other) => one.Id == other.Id);
        Assert.Equal(5, await reader.CountNewAsync(ada, Importer, Cancellation));

        TestAuthority.Value(await seen.ExecuteAsync(ada, Importer, all[2].Id, Cancellation));
        Assert.Equal([true, true, false, false, false], (await reader.PageAsync(ada, Importer, null, 10, Cancellation)).Select(notice => notice.IsNew));
        Assert.Equal((2, 5), (await reader.CountNewAsync(ada, Importer, Cancellation), await reader.CountNewAsync(ben, Importer, Cancellation)));

        // What was seen does not become new again.
        TestAuthority.Value(await seen.ExecuteAsync(ada, Importer, all[4].Id, Cancellation));
        Assert.Equal(2, await reader.CountNewAsync(ada, Importer, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffff")]
    public async Task A_notice_that_is_not_theirs_marks_nothing(string until)
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        var ada = await mandates.PersonAsync(Importer);
        var outcome = await new MarkNoticesSeen(mandates.Authority.Database).ExecuteAsync(ada, Importer, until, Cancellation);
        Assert.Equal("notice_unknown", outcome.Refusal?.Code);
        Assert.Equal(1, await new NoticeReader(mandates.Authority.Database).CountNewAsync(ada, Importer, Cancellation));
    }

    [Fact]
    public async Task The_holder_is_told_of_each_step_of_a_component_and_not_of_a_draft()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var change = new ChangeAeoStatus(mandates.Authority.Database, mandates.Authority.Time, ProgrammeCatalogue.Embedded);
        foreach (var act in (AeoAct[])[AeoAct.Relinquish, AeoAct.Open, AeoAct.Submit, AeoAct.Accept])
        {
            mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
            TestAuthority.Value(await change.ExecuteAsync(
                new AeoDecision { Tin = Brokers[0], Component = "AEOS", Act = act, LegalGround = "the ground of it", EffectiveFrom = DateOnly.FromDateTime(mandates.Now.UtcDateTime) }, AeoSignatures.One(AeoDecider.Officer, "officer"), Cancellation));
        }

        var told = await new NoticeReader(mandates.Authority.Database).PageAsync("somebody", Brokers[0], null, 10, Cancellation);
        Assert.Equal(["aeo-accept", "aeo-submit", "aeo-relinquish"], told.Select(notice => notice.Kind));
        Assert.Equal("EU-AEO/AEOS", told[0].About);
        Assert.Equal(["component", "effective", "due", "ground"], told[0].Facts.Select(fact => fact.Name));
    }

    [Fact]
    public async Task Each_notice_is_mailed_once_in_the_language_of_the_reader_and_to_who_acts_for_both_sides_once()
    {
        using var mandates = await StartAsync(await ledger.NewAsync(), Mailing);
        var both = await mandates.PersonAsync(Importer);
        await mandates.Authority.Database.WriteAsync(
            async tx =>
            {
                await tx.ExecuteAsync("INSERT INTO memberships (id, account_id, tin, roles, since) VALUES ('second', @both, @Tin, 'administrator', 0)", new { both, Tin = Brokers[0].Value });
                return await tx.ExecuteAsync("UPDATE accounts SET language = 'fr' WHERE id = @both", new { both });
            },
            Cancellation);
        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));

        Assert.Equal(2, await mandates.Mails.ExecuteAsync(Cancellation));
        Assert.Equal(0, await mandates.Mails.ExecuteAsync(Cancellation));
        var mails = (await mandates.Outbox.TakeDueAsync(Cancellation)).Select(due => due.Mail).ToList();
        Assert.Equal(
            new[] { mandates.Of(Importer).Account!, mandates.Of(Brokers[0]).Account!, both }.Select(account => $"{account}@trader.example").Order(), mails.Select(mail => mail.To).Order());
        var french = Assert.Single(mails, mail => mail.To == $"{both}@trader.example");
        Assert.Equal("Un mandat a été donné", french.Subject);
        Assert.Contains("Représentation: directe", french.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_mail_can_be_sent_notices_wait_and_old_ones_startle_nobody()
    {
        using var mandates = await StartAsync(await ledger.NewAsync(), Mailing);
        var silent = new MailNotices(mandates.Authority.Database, mandates.Authority.Time, new NoMailOut(), mandates.Outbox);
        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        Assert.Equal(0, await silent.ExecuteAsync(Cancellation));
        mandates.Authority.Time.Advance(TimeSpan.FromDays(4));
        Assert.Equal(2, await mandates.Mails.ExecuteAsync(Cancellation));
        Assert.Empty(await mandates.Outbox.TakeDueAsync(Cancellation));
    }

    [Fact]
    public async Task The_holder_is_told_what_the_authority_does_to_a_credential()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var credential = await mandates.Authority.IssueOneAsync();
        var change = new ChangeCredentialStatus(mandates.Authority.Database, mandates.Authority.Time);
        foreach (var status in (StatusValue[])[StatusValue.Suspended, StatusValue.Suspended, StatusValue.Valid, StatusValue.Revoked])
        {
            mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
            TestAuthority.Value(await change.ExecuteAsync(credential.Id, status, "the ground of it", "officer", Cancellation));
        }

        var told = await new NoticeReader(mandates.Authority.Database).PageAsync("somebody", Importer, null, 10, Cancellation);
        Assert.Equal(["credential-revoked", "credential-reinstated", "credential-suspended"], told.Select(notice => notice.Kind));
        Assert.All(told, notice => Assert.Contains(new NoticeFact("ground", "the ground of it"), notice.Facts));
    }

    [Fact]
    public async Task Notices_are_kept_for_three_years()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var (reader, prune) = (new NoticeReader(mandates.Authority.Database), new PruneNotices(mandates.Authority.Database, mandates.Authority.Time, new RetentionOptions()));
        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        mandates.Authority.Time.Advance(TimeSpan.FromDays(1));
        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));

        mandates.Authority.Time.Advance(mandates.Now.AddYears(3) - mandates.Now - TimeSpan.FromHours(1));
        Assert.Equal(2, await prune.ExecuteAsync(Cancellation));
        Assert.Equal(0, await prune.ExecuteAsync(Cancellation));
        Assert.Single(await reader.PageAsync("somebody", Brokers[0], null, 10, Cancellation));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_kind_and_fact_has_words(string language)
    {
        var culture = SpokenLanguages.Find(language)!.Culture;
        string[] kinds =
        [
            .. Enum.GetValues<AeoAct>().Where(act => act is not (AeoAct.Open or AeoAct.TakeOver or AeoAct.Amend)).Select(act => $"aeo-{act.ToCode()}"),
            .. Enum.GetValues<MandateState>().Where(state => state != MandateState.Offered).Select(state => $"mandate-{state.ToCode()}"), "mandate-granted", "mandate-ends", "aeo-ends", "credential-ends",
            "credential-suspended", "credential-reinstated", "credential-revoked", "credential-lost",
        ];
        Assert.All(kinds, kind => Assert.NotEqual(NoticeWords.Subject(kind, culture), NoticeWords.Meaning(kind, culture)));
        Assert.All(
            Enum.GetValues<SuspensionGround>().Select(ground => new NoticeFact("suspension", ground.ToCode()))
                .Concat(Enum.GetValues<MandateKind>().Select(kind => new NoticeFact("representation", kind.ToCode()))).Append(new NoticeFact("representative-person", "person")),
            fact => Assert.NotEmpty(NoticeWords.Value(fact, culture)));
        Assert.Equal(WrittenDay.Of(new DateOnly(2026, 3, 3), culture), NoticeWords.Value(new NoticeFact("due", "2026-03-03"), culture));
        Assert.Equal(WrittenDay.WithTime(new DateTimeOffset(2026, 3, 3, 9, 5, 0, TimeSpan.Zero), culture), NoticeWords.Value(new NoticeFact("until", "2026-03-03T09:05:00Z"), culture));
    }
}
