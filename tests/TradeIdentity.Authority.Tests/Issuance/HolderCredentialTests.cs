using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Tests.Mandates;
using TradeIdentity.Authority.Tests.Storage;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;
using static TradeIdentity.Authority.Tests.Mandates.TestMandates;

namespace TradeIdentity.Authority.Tests.Issuance;

public sealed class HolderCredentialOnSqliteTests(SqliteLedger ledger) : HolderCredentialTests(ledger), IClassFixture<SqliteLedger>;

public sealed class HolderCredentialOnPostgreSqlTests(PostgreSqlLedger ledger) : HolderCredentialTests(ledger), IClassFixture<PostgreSqlLedger>;

/// <summary>What a holder does with credentials of its own, and what it cannot.</summary>
public abstract class HolderCredentialTests(LedgerFixture ledger)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CredentialTypes.LegalIdentity)]
    [InlineData(CredentialTypes.AeoStatus)]
    public async Task An_administrator_obtains_a_credential_that_a_post_accepts(int type)
    {
        using var mandates = await StartAsync(await ledger.NewAsync());

        var issued = TestAuthority.Value(await ObtainAsync(mandates, type));

        Assert.Equal(type, Assert.IsType<Verdict.Accepted>(await mandates.Authority.VerifyOfflineAsync(issued.QrText)).Credential.Type);
        Assert.Equal(issued, await mandates.Authority.Store.FindAsync(issued.Id, Cancellation));
    }

    [Fact]
    public async Task The_representative_obtains_the_credential_of_a_mandate_and_its_grantor_and_strangers_do_not()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var chain = await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[0]));

        var issued = TestAuthority.Value(await ObtainAsync(mandates, CredentialTypes.Mandate, Brokers[0], chain.Last.Id));

        Assert.Equal(chain.Last.Id, (await mandates.Authority.Store.FindAsync(issued.Id, Cancellation))!.Mandate);
        Assert.IsType<Verdict.Accepted>(await mandates.Authority.VerifyOfflineAsync(issued.QrText));
        Assert.Equal(issued.Id, (await mandates.Authority.Store.FindAsync(issued.Id, Cancellation))!.Id);
        Assert.NotEqual(issued.Id, TestAuthority.Value(await Replace(mandates).ExecuteAsync(issued.Id, Brokers[0], mandates.Of(Brokers[0]).Account!, Cancellation)).Id);
        foreach (var tin in (Tin[])[Importer, Brokers[1]])
        {
            Assert.Equal("mandate_unknown", (await ObtainAsync(mandates, CredentialTypes.Mandate, tin, chain.Last.Id)).Refusal?.Code);
        }

        foreach (var id in (string[])["00000000000000000000000000000000", "\0", "' OR 1=1", new('a', 10_000)])
        {
            Assert.Equal("mandate_unknown", (await ObtainAsync(mandates, CredentialTypes.Mandate, Brokers[0], id)).Refusal?.Code);
        }
    }

    [Fact]
    public async Task Who_does_not_administer_the_entity_obtains_and_replaces_nothing()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var issued = TestAuthority.Value(await ObtainAsync(mandates));
        var before = await CountAsync(mandates);
        var locked = mandates.Of(Importer).Account!;
        await mandates.Authority.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE accounts SET disabled_at = 1 WHERE id = @locked", new { locked }), Cancellation);

        foreach (var account in new[] { await mandates.PersonAsync(Importer, MembershipRoles.Representative), await mandates.PersonAsync(), mandates.Of(Brokers[0]).Account!, locked })
        {
            Assert.Equal("credential_holder_required", (await Obtain(mandates).ExecuteAsync(new CredentialRequest(Importer, CredentialTypes.AeoStatus), account, Cancellation)).Refusal?.Code);
            Assert.Equal("credential_holder_required", (await Replace(mandates).ExecuteAsync(issued.Id, Importer, account, Cancellation)).Refusal?.Code);
        }

        Assert.Equal(before, await CountAsync(mandates));
        Assert.Equal("credential_holder_required", (await Report(mandates).ExecuteAsync(issued.Id, Importer, "gone", locked, Cancellation)).Refusal?.Code);
    }

    [Fact]
    public async Task The_credential_of_another_is_not_there()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var issued = TestAuthority.Value(await ObtainAsync(mandates));
        var stranger = mandates.Of(Brokers[0]).Account!;

        Assert.Equal("credential_unknown", (await Replace(mandates).ExecuteAsync(issued.Id, Brokers[0], stranger, Cancellation)).Refusal?.Code);
        Assert.Equal("credential_unknown", (await Report(mandates).ExecuteAsync(issued.Id, Brokers[0], "gone", stranger, Cancellation)).Refusal?.Code);
        Assert.Equal(StatusValue.Valid, (await mandates.Authority.Store.FindAsync(issued.Id, Cancellation))!.Status);
    }

    [Fact]
    public async Task Many_at_once_obtain_no_more_than_the_bound_and_replacing_goes_on()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => ObtainAsync(mandates)));

        Assert.Equal(HolderTerms.MaxLive, outcomes.Count(outcome => outcome.Refusal is null));
        Assert.All(outcomes.Where(outcome => outcome.Refusal is not null), outcome => Assert.Equal("credential_limit", outcome.Refusal!.Code));
        Assert.Equal(HolderTerms.MaxLive, await CountAsync(mandates));
        var one = TestAuthority.Value(outcomes.First(outcome => outcome.Refusal is null));
        TestAuthority.Value(await ReplaceAsync(mandates, one.Id));
        Assert.Null((await ObtainAsync(mandates, CredentialTypes.LegalIdentity)).Refusal);
        mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
        TestAuthority.Value(await Report(mandates).ExecuteAsync(TestAuthority.Value(outcomes.Last(outcome => outcome.Refusal is null)).Id, Importer, "gone", mandates.Of(Importer).Account!, Cancellation));
        Assert.Null((await ObtainAsync(mandates)).Refusal);
    }

    [Fact]
    public async Task Of_one_day_there_are_so_many_and_on_the_next_day_more()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var last = TestAuthority.Value(await ObtainAsync(mandates));
        for (var i = 1; i < HolderTerms.MaxADay; i++)
        {
            mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
            last = TestAuthority.Value(await ReplaceAsync(mandates, last.Id));
        }

        Assert.Equal("credential_limit_day", (await ReplaceAsync(mandates, last.Id)).Refusal?.Code);
        Assert.Equal(StatusValue.Valid, (await mandates.Authority.Store.FindAsync(last.Id, Cancellation))!.Status);
        mandates.Authority.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null((await ReplaceAsync(mandates, last.Id)).Refusal);
    }

    [Fact]
    public async Task The_old_one_ends_with_its_replacement_in_one_step_and_is_audited()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var old = TestAuthority.Value(await ObtainAsync(mandates));

        var next = TestAuthority.Value(await ReplaceAsync(mandates, old.Id));

        Assert.Equal(RejectionReason.Revoked, Assert.IsType<Verdict.Rejected>(await mandates.Authority.VerifyOfflineAsync(old.QrText)).Reason);
        Assert.IsType<Verdict.Accepted>(await mandates.Authority.VerifyOfflineAsync(next.QrText));
        var ended = (await mandates.Authority.Store.FindAsync(old.Id, Cancellation))!;
        Assert.Equal((CredentialEnd.Replaced, next.Id), (ended.EndedAs, ended.ReplacedBy));
        Assert.Equal("credential_revoked", (await ReplaceAsync(mandates, old.Id)).Refusal?.Code);
        Assert.IsType<AuditVerification.Intact>(await AuditTrail.VerifyAsync(mandates.Authority.Database, null, Cancellation));
    }

    [Fact]
    public async Task One_is_replaced_once_however_many_ask()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var old = TestAuthority.Value(await ObtainAsync(mandates));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReplaceAsync(mandates, old.Id)));

        Assert.Single(outcomes, outcome => outcome.Refusal is null);
        Assert.All(outcomes.Where(outcome => outcome.Refusal is not null), outcome => Assert.Equal("credential_revoked", outcome.Refusal!.Code));
        Assert.Equal(2, await CountAsync(mandates));
    }

    [Fact]
    public async Task Whoever_acts_for_the_entity_reports_a_loss_and_it_is_for_good()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var issued = TestAuthority.Value(await ObtainAsync(mandates));
        var driver = await mandates.PersonAsync(Importer, MembershipRoles.Representative);
        foreach (var ground in (string[])["", " ", "two\nlines", new('x', 501)])
        {
            Assert.Equal("ground_invalid", (await Report(mandates).ExecuteAsync(issued.Id, Importer, ground, driver, Cancellation)).Refusal?.Code);
        }

        var ended = TestAuthority.Value(await Report(mandates).ExecuteAsync(issued.Id, Importer, "left in a lorry", driver, Cancellation));

        Assert.Equal(CredentialEnd.ReportedLost, ended.EndedAs);
        Assert.Equal(RejectionReason.Revoked, Assert.IsType<Verdict.Rejected>(await mandates.Authority.VerifyOfflineAsync(issued.QrText)).Reason);
        Assert.Equal("credential_ended", (await Report(mandates).ExecuteAsync(issued.Id, Importer, "again", driver, Cancellation)).Refusal?.Code);
    }

    [Fact]
    public async Task What_the_authority_suspended_or_revoked_is_not_made_good_by_another()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var first = TestAuthority.Value(await ObtainAsync(mandates));
        await ChangeAsync(mandates, first, StatusValue.Suspended);
        Assert.Equal("credential_suspended", (await ObtainAsync(mandates)).Refusal?.Code);
        Assert.Equal("credential_suspended", (await ReplaceAsync(mandates, first.Id)).Refusal?.Code);
        TestAuthority.Value(await Report(mandates).ExecuteAsync(first.Id, Importer, "lost, we say", mandates.Of(Importer).Account!, Cancellation));
        Assert.Equal("credential_suspended", (await ObtainAsync(mandates)).Refusal?.Code);

        // Another kind is another matter, and what the authority itself issues is good.
        Assert.Null((await ObtainAsync(mandates, CredentialTypes.LegalIdentity)).Refusal);
        mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await mandates.Authority.IssueOneAsync();
        mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await ReplaceAsync(mandates, second.Id)).Refusal);
        mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
        await ChangeAsync(mandates, await mandates.Authority.IssueOneAsync(), StatusValue.Revoked);
        Assert.Equal("credential_withdrawn", (await ObtainAsync(mandates)).Refusal?.Code);
    }

    [Fact]
    public async Task Without_a_granted_component_there_is_no_aeo_credential()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var issued = TestAuthority.Value(await ObtainAsync(mandates));
        await mandates.Authority.RegisterAsync(TestAuthority.OperatorJson(TestAuthority.Tin, "Example Nederland Import B.V.", "suspended").Replace("2024-01-01", "2026-01-01", StringComparison.Ordinal));

        Assert.Equal(StatusValue.Suspended, (await mandates.Authority.Store.FindAsync(issued.Id, Cancellation))!.Status);
        Assert.Equal("aeo_not_granted", (await ObtainAsync(mandates)).Refusal?.Code);
        Assert.Equal("credential_suspended", (await ReplaceAsync(mandates, issued.Id)).Refusal?.Code);
    }

    [Fact]
    public async Task The_list_is_filtered_counted_and_read_page_by_page()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var made = new List<IssuedCredential>();
        for (var i = 0; i < 5; i++)
        {
            made.Add(TestAuthority.Value(await ObtainAsync(mandates, i == 4 ? CredentialTypes.LegalIdentity : CredentialTypes.AeoStatus)));
            mandates.Authority.Time.Advance(TimeSpan.FromSeconds(i % 2));
        }

        await ChangeAsync(mandates, made[1], StatusValue.Suspended);
        await ChangeAsync(mandates, made[2], StatusValue.Revoked);

        var read = new List<CredentialId>();
        CredentialId? before = null;
        do
        {
            var (page, total) = await PageAsync(mandates, CredentialFilter.None, before, 2);
            Assert.Equal(5, total);
            read.AddRange(page.Select(credential => credential.Id));
            before = page.Count == 2 ? page[^1].Id : null;
        }
        while (before is not null);

        Assert.Equal(made.OrderByDescending(credential => credential.IssuedAt).ThenByDescending(credential => credential.Id.ToString(), StringComparer.Ordinal).Select(credential => credential.Id), read);
        Assert.Equal([made[4].Id], await IdsAsync(new CredentialFilter(CredentialTypes.LegalIdentity, null)));
        Assert.Equal([made[1].Id], await IdsAsync(new CredentialFilter(null, CredentialState.Suspended)));
        Assert.Equal([made[2].Id], await IdsAsync(new CredentialFilter(null, CredentialState.Revoked)));
        Assert.Equal(2, (await IdsAsync(new CredentialFilter(CredentialTypes.AeoStatus, CredentialState.Valid))).Count);
        Assert.Empty(await IdsAsync(new CredentialFilter(null, CredentialState.Expired)));
        mandates.Authority.Time.Advance(TimeSpan.FromDays(366));
        Assert.Equal(4, (await IdsAsync(new CredentialFilter(null, CredentialState.Expired))).Count);
        Assert.Equal([made[2].Id], await IdsAsync(new CredentialFilter(null, CredentialState.Revoked)));
        Assert.True(CredentialId.TryParse(new string('f', 32), out var beyond));
        Assert.Equal(5, (await PageAsync(mandates, CredentialFilter.None, beyond, 50)).Page.Count);

        async Task<List<CredentialId>> IdsAsync(CredentialFilter filter) => [.. (await PageAsync(mandates, filter, null, 50)).Page.Select(credential => credential.Id)];
    }

    private static Task<(IReadOnlyList<IssuedCredential> Page, int Total)> PageAsync(TestMandates mandates, CredentialFilter filter, CredentialId? before, int limit) =>
        mandates.Authority.Store.PageAsync(Importer, filter, before, limit, mandates.Now, Cancellation);

    private static ObtainCredential Obtain(TestMandates mandates) => new(mandates.Authority.Batch, mandates.Reader, new Memberships(mandates.Authority.Database, mandates.Authority.Time));

    private static ReplaceCredential Replace(TestMandates mandates) =>
        new(mandates.Authority.Batch, mandates.Authority.Store, new Memberships(mandates.Authority.Database, mandates.Authority.Time), mandates.Authority.Time);

    private static ReportCredentialLost Report(TestMandates mandates) => new(mandates.Authority.Database, mandates.Authority.Time);

    private static Task<Outcome<IssuedCredential>> ObtainAsync(TestMandates mandates, int type = CredentialTypes.AeoStatus, Tin? tin = null, string? mandate = null) =>
        Obtain(mandates).ExecuteAsync(new CredentialRequest(tin ?? Importer, type, mandate), mandates.Of(tin ?? Importer).Account!, Cancellation);

    private static Task<Outcome<IssuedCredential>> ReplaceAsync(TestMandates mandates, CredentialId id) =>
        Replace(mandates).ExecuteAsync(id, Importer, mandates.Of(Importer).Account!, Cancellation);

    private static async Task ChangeAsync(TestMandates mandates, IssuedCredential credential, StatusValue status) =>
        TestAuthority.Value(await mandates.Authority.ChangeStatus.ExecuteAsync(credential.Id, status, "Article 28", "officer", Cancellation));

    private static async Task<int> CountAsync(TestMandates mandates) => (await PageAsync(mandates, CredentialFilter.None, null, 1)).Total;
}
