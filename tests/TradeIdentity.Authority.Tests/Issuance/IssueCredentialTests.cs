using Dapper;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Tests.Storage;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Authority.Tests.Issuance;

public sealed class IssueCredentialOnSqliteTests(SqliteLedger ledger) : IssueCredentialTests(ledger), IClassFixture<SqliteLedger>;

public sealed class IssueCredentialOnPostgreSqlTests(PostgreSqlLedger ledger) : IssueCredentialTests(ledger), IClassFixture<PostgreSqlLedger>;

/// <summary>From a register entry to a credential that a verifier with no network accepts.</summary>
public abstract class IssueCredentialTests(LedgerFixture ledger)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_issued_credential_is_accepted_offline_and_says_what_the_register_says()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());

        var issued = await authority.IssueOneAsync();
        var accepted = Assert.IsType<Verdict.Accepted>(await authority.VerifyOfflineAsync(issued.QrText));

        Assert.Equal("Example Nederland Import B.V.", accepted.Credential.LegalName);
        Assert.Equal(TestAuthority.Tin, accepted.Credential.Tin);
        Assert.Equal("NL-DOUANE", accepted.Credential.Issuer);
        Assert.Equal(["NLAEOC854502130", "NLAEOS854502130"], accepted.Credential.Aeo.Select(component => component.AuthorisationNumber));
        Assert.Equal(["IM", "EX"], accepted.Credential.Roles);
        Assert.Equal(StatusValue.Valid, accepted.Status.Value);
        Assert.Equal(issued, await authority.Store.FindAsync(issued.Id, Cancellation));
    }

    [Fact]
    public async Task A_legal_identity_says_nothing_of_aeo()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());

        var outcome = await authority.Issue.ExecuteAsync(TestAuthority.Request(type: CredentialTypes.LegalIdentity), TestAuthority.Actor, Cancellation);
        var accepted = Assert.IsType<Verdict.Accepted>(await authority.VerifyOfflineAsync(TestAuthority.Value(outcome).QrText));

        Assert.Equal(CredentialTypes.LegalIdentity, accepted.Credential.Type);
        Assert.Empty(accepted.Credential.Aeo);
    }

    [Theory]
    [InlineData("NL000000001", CredentialTypes.AeoStatus, "operator_unknown")]
    [InlineData("NL000000002", CredentialTypes.AeoStatus, "aeo_not_granted")]
    [InlineData(TestAuthority.Tin, CredentialTypes.Mandate, "mandate_missing")]
    [InlineData(TestAuthority.Tin, 99, "credential_type_unknown")]
    public async Task What_is_refused_leaves_nothing(string tin, int type, string code)
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        await authority.RegisterAsync(TestAuthority.OperatorJson("NL000000002", "Example Suspended B.V.", "suspended"));
        var before = await FootprintAsync(authority);

        var outcome = await authority.Issue.ExecuteAsync(TestAuthority.Request(tin, type), TestAuthority.Actor, Cancellation);

        Assert.Equal(code, outcome.Refusal?.Code);
        Assert.Equal(before, await FootprintAsync(authority));
    }

    [Fact]
    public async Task An_index_that_a_failed_issue_took_is_used_by_the_next_one()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        await authority.Database.WriteAsync(tx => tx.ExecuteAsync("ALTER TABLE credentials RENAME TO credentials_away"), Cancellation);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => authority.IssueOneAsync());
        var entries = await CountAsync(authority, "audit_entries");
        await authority.Database.WriteAsync(tx => tx.ExecuteAsync("ALTER TABLE credentials_away RENAME TO credentials"), Cancellation);

        await authority.IssueOneAsync();

        Assert.Equal(1, await CountAsync(authority, "credentials"));
        Assert.Equal(entries + 1, await CountAsync(authority, "audit_entries"));
        Assert.Equal(1, await authority.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT allocated FROM status_lists"), Cancellation));
    }

    [Fact]
    public async Task Two_thousand_in_bulk_come_in_order_each_with_an_index_of_its_own()
    {
        const int Count = 2000;
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());

        var outcomes = await authority.IssueMany.ExecuteAsync(RequestsAsync(Count), TestAuthority.Actor, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(Count, outcomes.Count);
        Assert.All(outcomes.Index(), outcome => Assert.Equal(
            outcome.Index % 500 == 7 ? "line_invalid" : outcome.Index % 500 == 8 ? "operator_unknown" : null, outcome.Item.Refusal?.Code));
        var issued = outcomes.Where(outcome => outcome.Refusal is null).Select(TestAuthority.Value).ToList();
        Assert.Equal(issued.Count, issued.Select(credential => credential.StatusReference).Distinct().Count());
        Assert.Equal(issued.Count, await CountAsync(authority, "credentials"));
        Assert.IsType<Verdict.Accepted>(await authority.VerifyOfflineAsync(issued[^1].QrText));
        var intact = Assert.IsType<AuditVerification.Intact>(await AuditTrail.VerifyAsync(authority.Database, null, Cancellation));
        Assert.True(intact.Entries > issued.Count);
    }

    [Fact]
    public async Task Two_instances_never_give_the_same_index()
    {
        var database = await ledger.NewAsync();
        using var one = await TestAuthority.StartAsync(database);
        using var other = new Authority.Status.StatusIndexAllocator(ledger.OpenAgain(database), one.Time);

        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one.Indexes : other).TakeAsync(25, Cancellation)));

        Assert.Equal(1000, taken.SelectMany(references => references).Distinct().Count());
    }

    [Fact]
    public async Task A_full_list_is_followed_by_another_and_the_bundle_knows_it()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        await authority.IssueOneAsync();
        await authority.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE status_lists SET allocated = capacity"), Cancellation);

        var issued = await authority.IssueOneAsync();

        Assert.Equal(2, issued.StatusReference.List);
        Assert.IsType<Verdict.Accepted>(await authority.VerifyOfflineAsync(issued.QrText));
    }

    [Fact]
    public async Task Credentials_of_the_old_key_and_of_the_new_one_are_accepted_after_a_rotation()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var old = await authority.IssueOneAsync();
        authority.Time.Advance(TimeSpan.FromHours(1));
        TestAuthority.Value(await authority.Rotate.ExecuteAsync(Authority.Keys.KeyPurpose.Issuing, immediately: true, TestAuthority.Actor, Cancellation));
        authority.Time.Advance(TimeSpan.FromMinutes(1));

        var young = await authority.IssueOneAsync();

        Assert.IsType<Verdict.Accepted>(await authority.VerifyOfflineAsync(old.QrText));
        Assert.IsType<Verdict.Accepted>(await authority.VerifyOfflineAsync(young.QrText));
    }

    private static async IAsyncEnumerable<Outcome<CredentialRequest>> RequestsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return (i % 500) switch
            {
                7 => new Refusal("line_invalid", "Not as documented."),
                8 => TestAuthority.Request("NL999999999"),
                _ => TestAuthority.Request(),
            };
            await Task.Yield();
        }
    }

    private static async Task<(long, long, long)> FootprintAsync(TestAuthority authority) =>
        (await CountAsync(authority, "credentials"), await CountAsync(authority, "audit_entries"), await CountAsync(authority, "status_lists"));

    private static Task<long> CountAsync(TestAuthority authority, string table) =>
        authority.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}"), Cancellation);
}
