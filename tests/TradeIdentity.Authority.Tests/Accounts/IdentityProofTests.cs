using System.Text;
using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.IdentityProofs;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Accounts;

public sealed class IdentityProofOnSqliteTests(SqliteLedger ledger) : IdentityProofTests(ledger), IClassFixture<SqliteLedger>;

public sealed class IdentityProofOnPostgreSqlTests(PostgreSqlLedger ledger) : IdentityProofTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class IdentityProofTests(LedgerFixture ledger)
{
    private const string Number = "EXAMPLE-77-1234567";

    private static readonly ProofOfIdentity Passport = new(
        TrustFrameworks.Account, "substantial", "document", "passport", "Example Passport Office", Number, "Ada María", "Éxample",
        new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_proof_is_read_as_it_was_recorded_and_is_in_the_audit_trail_without_the_person()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync();

        await ProveAsync(accounts, account, Passport);

        var read = (await accounts.Get<FindIdentityProof>().ExecuteAsync(account.Id, Cancellation))!;
        Assert.Equal((TrustFrameworks.Account, IdentityAssurance.Substantial, IdentityConfirmation.Document, "passport"), (read.TrustFramework, read.Assurance, read.ConfirmedBy, read.EvidenceType));
        Assert.Equal(("Ada María", "Éxample", "Example Passport Office"), (read.GivenName, read.FamilyName, read.EvidenceSource));
        Assert.Equal(("officer", accounts.Time.GetUtcNow(), Passport.ConfirmedAt, Passport.ValidUntil), (read.AssertedBy, read.AssertedAt, read.ConfirmedAt, read.ValidUntil));
        Assert.True(read.HoldsAt(accounts.Time.GetUtcNow()));
        Assert.False(read.HoldsAt(Passport.ValidUntil!.Value));
        Assert.Equal(["account-created", "account-identity-proven"], await accounts.ActsAsync(account));
        Assert.Equal(
            """{"trustFramework":"tradeidentity_account","assuranceLevel":"substantial","confirmedBy":"document"}""",
            await accounts.ScalarAsync<string>("SELECT details FROM audit_entries WHERE act = 'account-identity-proven'"));
    }

    [Fact]
    public async Task What_tokens_say_of_a_person_is_read_with_the_proof_and_without_one()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var (proven, other) = (await accounts.CreateAsync(), await accounts.CreateAsync("bob@trader.example"));
        await ProveAsync(accounts, proven, Passport);
        var find = new FindPerson(accounts.Database, accounts.Get<Memberships>());

        Assert.Equal("Ada María", (await find.ExecuteAsync(proven.Id, null, Cancellation))!.Proof!.GivenName);
        Assert.Null((await find.ExecuteAsync(other.Id, null, Cancellation))!.Proof);
        Assert.Null(await find.ExecuteAsync(Account.NewId(), null, Cancellation));
    }

    [Fact]
    public async Task The_number_of_a_document_is_nowhere_and_its_digest_is_of_this_account_alone()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var (first, second) = (await accounts.CreateAsync(), await accounts.CreateAsync("bob@trader.example"));

        var once = await ProveAsync(accounts, first, Passport);
        var again = await ProveAsync(accounts, first, Passport with { AssuranceLevel = "high" });
        var another = await ProveAsync(accounts, first, Passport with { Reference = Number + "8" });
        var others = await ProveAsync(accounts, second, Passport);

        Assert.Equal(once.ReferenceDigest!.Value.ToArray(), again.ReferenceDigest!.Value.ToArray());
        Assert.NotEqual(once.ReferenceDigest!.Value.ToArray(), another.ReferenceDigest!.Value.ToArray());
        Assert.NotEqual(once.ReferenceDigest!.Value.ToArray(), others.ReferenceDigest!.Value.ToArray());
        Assert.NotEqual(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Number)), once.ReferenceDigest!.Value.ToArray());
        var all = await accounts.Database.ReadAsync(
            async connection => string.Join('\n', (await connection.QueryAsync("SELECT * FROM identity_proofs")).Concat(await connection.QueryAsync("SELECT * FROM audit_entries"))
                .SelectMany(row => ((IDictionary<string, object>)row).Values).Select(value => value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : value?.ToString())), Cancellation);
        Assert.DoesNotContain("1234567", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_proof_takes_the_place_of_the_earlier_one()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync();
        await ProveAsync(accounts, account, Passport);
        await ProveAsync(accounts, account, Passport with { TrustFramework = TrustFrameworks.Eidas, ConfirmedBy = "eid", EvidenceType = "electronic_identification", AssuranceLevel = "high", Reference = null, ValidUntil = null });

        var read = (await accounts.Get<FindIdentityProof>().ExecuteAsync(account.Id, Cancellation))!;

        Assert.Equal((TrustFrameworks.Eidas, IdentityAssurance.High, null, null), (read.TrustFramework, read.Assurance, read.ReferenceDigest, read.ValidUntil));
        Assert.Equal(1, await accounts.ScalarAsync<long>("SELECT COUNT(*) FROM identity_proofs"));
    }

    [Fact]
    public async Task Withdrawing_ends_it_once_and_deleting_the_account_takes_it_along()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync();
        await ProveAsync(accounts, account, Passport);
        var withdraw = accounts.Get<WithdrawIdentityProof>();

        Assert.Null((await withdraw.ExecuteAsync(account.Id, "officer", Cancellation)).Refusal);
        Assert.Equal("identity_proof_unknown", (await withdraw.ExecuteAsync(account.Id, "officer", Cancellation)).Refusal!.Code);
        Assert.Equal(["account-created", "account-identity-proven", "account-identity-proof-ended"], await accounts.ActsAsync(account));
        await ProveAsync(accounts, account, Passport);
        TestAccounts.Succeeds(await accounts.Users.DeleteAsync(await accounts.ReadAsync(account)));
        Assert.Equal(0, await accounts.ScalarAsync<long>("SELECT COUNT(*) FROM identity_proofs"));
    }

    [Theory]
    [InlineData("Ada", "Other")]
    [InlineData("Eda", "Example")]
    public async Task Another_name_ends_the_proof_and_another_language_does_not(string given, string family)
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync();
        await ProveAsync(accounts, account, Passport);

        account.Language = "fr";
        TestAccounts.Succeeds(await accounts.Users.UpdateAsync(account));
        Assert.NotNull(await accounts.Get<FindIdentityProof>().ExecuteAsync(account.Id, Cancellation));
        account.Name = new PersonName(given, family);
        TestAccounts.Succeeds(await accounts.Users.UpdateAsync(account));

        Assert.Null(await accounts.Get<FindIdentityProof>().ExecuteAsync(account.Id, Cancellation));
        Assert.Equal(["account-created", "account-identity-proven", "account-identity-proof-ended"], await accounts.ActsAsync(account));
        Assert.Equal("""{"reason":"name-changed"}""", await accounts.ScalarAsync<string>("SELECT details FROM audit_entries WHERE act = 'account-identity-proof-ended'"));
    }

    [Fact]
    public async Task Nobody_proves_themselves_and_nothing_is_stored_of_it()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync("ada@customs.example", AccountRoles.Administrator);

        Assert.Equal("own_account", (await accounts.Get<ProveIdentity>().ExecuteAsync(account.Id, Passport, account.Id, Cancellation)).Refusal!.Code);
        Assert.Null(await accounts.Get<FindIdentityProof>().ExecuteAsync(account.Id, Cancellation));
        Assert.Equal(["account-created"], await accounts.ActsAsync(account));
    }

    public static TheoryData<ProofOfIdentity, string> Refused => new()
    {
        { Passport with { TrustFramework = "gold" }, "trust_framework_unknown" },
        { Passport with { AssuranceLevel = "High" }, "assurance_level_unknown" },
        { Passport with { ConfirmedBy = "register" }, "evidence_unknown" },
        { Passport with { EvidenceType = "library_card" }, "evidence_unknown" },
        { Passport with { EvidenceType = "electronic_identification" }, "evidence_unknown" },
        { Passport with { TrustFramework = TrustFrameworks.Eidas }, "trust_framework_mismatch" },
        { Passport with { ConfirmedBy = "officer", EvidenceType = "written_attestation" }, "assurance_level_too_high" },
        { Passport with { FamilyName = "" }, "name_invalid" },
        { Passport with { FamilyName = "Exa\u202Emple" }, "name_invalid" },
        { Passport with { GivenName = new string('a', PersonName.MaxLength + 1) }, "name_invalid" },
        { Passport with { EvidenceSource = " " }, "evidence_source_invalid" },
        { Passport with { Reference = "" }, "reference_invalid" },
        { Passport with { Reference = new string('1', ProveIdentity.MaxReference + 1) }, "reference_invalid" },
        { Passport with { ConfirmedAt = new DateTimeOffset(2026, 3, 2, 9, 0, 1, TimeSpan.Zero) }, "proof_time_invalid" },
        { Passport with { ConfirmedAt = default }, "proof_time_invalid" },
        { Passport with { ValidUntil = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero) }, "proof_time_invalid" },
        { Passport with { FamilyName = "Other" }, "name_differs" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Refused))]
    public async Task What_proves_nothing_is_refused_and_the_earlier_proof_stays(ProofOfIdentity said, string code)
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync();
        await ProveAsync(accounts, account, Passport);

        Assert.Equal(code, (await accounts.Get<ProveIdentity>().ExecuteAsync(account.Id, said, "officer", Cancellation)).Refusal?.Code);

        Assert.Equal(IdentityAssurance.Substantial, (await accounts.Get<FindIdentityProof>().ExecuteAsync(account.Id, Cancellation))!.Assurance);
        Assert.Equal(["account-created", "account-identity-proven"], await accounts.ActsAsync(account));
    }

    [Fact]
    public async Task There_is_no_proof_of_nobody()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        Assert.Equal("account_unknown", (await accounts.Get<ProveIdentity>().ExecuteAsync(Account.NewId(), Passport, "officer", Cancellation)).Refusal!.Code);
        Assert.Equal("identity_proof_unknown", (await accounts.Get<WithdrawIdentityProof>().ExecuteAsync(Account.NewId(), "officer", Cancellation)).Refusal!.Code);
    }

    private static async Task<IdentityProof> ProveAsync(TestAccounts accounts, Account account, ProofOfIdentity said) =>
        TestAuthority.Value(await accounts.Get<ProveIdentity>().ExecuteAsync(account.Id, said, "officer", Cancellation));
}
