using TradeIdentity.Authority.Tests.Storage;
using TradeIdentity.Authority.Trust;
using TradeIdentity.Verification;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Authority.Tests.Trust;

public sealed class TrustBundleOnSqliteTests(SqliteLedger ledger) : TrustBundleTests(ledger), IClassFixture<SqliteLedger>;

public sealed class TrustBundleOnPostgreSqlTests(PostgreSqlLedger ledger) : TrustBundleTests(ledger), IClassFixture<PostgreSqlLedger>;

/// <summary>What is published for posts: fresh when something changed, the same otherwise, and brought up to date by a delta.</summary>
public abstract class TrustBundleTests(LedgerFixture ledger)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bundle_stays_the_same_until_something_changes_or_it_ages()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var issued = await authority.IssueOneAsync();
        var first = await BundleAsync(authority);

        Assert.Equal(first.Message, (await BundleAsync(authority)).Message);

        await ChangeAsync(authority, issued.Id, StatusValue.Suspended);
        var changed = await BundleAsync(authority);
        Assert.Equal(first.Sequence + 1, changed.Sequence);

        authority.Time.Advance(TimeSpan.FromMinutes(authority.Trust.Value.RefreshMinutes));
        Assert.Equal(changed.Sequence + 1, (await BundleAsync(authority)).Sequence);
    }

    [Fact]
    public async Task A_status_change_reaches_the_verdict_of_the_next_bundle()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var issued = await authority.IssueOneAsync();

        await ChangeAsync(authority, issued.Id, StatusValue.Suspended);
        Assert.Equal(RejectionReason.Suspended, Assert.IsType<Verdict.Rejected>(await authority.VerifyOfflineAsync(issued.QrText)).Reason);

        await ChangeAsync(authority, issued.Id, StatusValue.Valid);
        Assert.IsType<Verdict.Accepted>(await authority.VerifyOfflineAsync(issued.QrText));

        await ChangeAsync(authority, issued.Id, StatusValue.Revoked);
        Assert.Equal(RejectionReason.Revoked, Assert.IsType<Verdict.Rejected>(await authority.VerifyOfflineAsync(issued.QrText)).Reason);

        var lifted = await authority.ChangeStatus.ExecuteAsync(issued.Id, StatusValue.Valid, "A mistake", TestAuthority.Actor, Cancellation);
        Assert.Equal("credential_revoked", lifted.Refusal?.Code);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("Article 28\nrevoked by another")]
    [InlineData("Article 28\u2028revoked by another")]
    [InlineData("Article \u202e82")]
    public async Task A_ground_that_does_not_print_on_one_line_changes_nothing(string ground)
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var issued = await authority.IssueOneAsync();

        var refused = await authority.ChangeStatus.ExecuteAsync(issued.Id, StatusValue.Revoked, ground, TestAuthority.Actor, Cancellation);

        Assert.Equal("ground_invalid", refused.Refusal?.Code);
        Assert.IsType<Verdict.Accepted>(await authority.VerifyOfflineAsync(issued.QrText));
    }

    [Fact]
    public async Task A_delta_brings_a_post_to_the_same_verdicts_as_the_new_bundle()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var revoked = await authority.IssueOneAsync();
        var untouched = await authority.IssueOneAsync();
        var old = await BundleAsync(authority);
        await ChangeAsync(authority, revoked.Id, StatusValue.Suspended);
        await ChangeAsync(authority, revoked.Id, StatusValue.Revoked);
        authority.Time.Advance(TimeSpan.FromDays(2));

        var delta = TestAuthority.Value(await authority.Deltas.ExecuteAsync(old.Sequence, Cancellation));
        var anchor = TestAuthority.Value(await authority.CurrentTrust.AnchorAsync(authority.Time.GetUtcNow(), Cancellation));
        Assert.Equal(BundleFailure.None, BundleFile.TryApply(old.Message, delta.Message, [anchor], out var applied));
        Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(applied, [anchor], old.Sequence, out var bundle));

        var current = await BundleAsync(authority);
        Assert.Equal(current.Sequence, bundle!.Sequence);
        var at = authority.Time.GetUtcNow();
        Assert.Equal(RejectionReason.Revoked, Assert.IsType<Verdict.Rejected>(OfflineVerifier.Verify(revoked.QrText, bundle, at)).Reason);
        Assert.IsType<Verdict.Accepted>(OfflineVerifier.Verify(untouched.QrText, bundle, at));
    }

    [Fact]
    public async Task There_is_no_delta_over_a_change_of_keys()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var old = await BundleAsync(authority);
        TestAuthority.Value(await authority.Rotate.ExecuteAsync(Authority.Keys.KeyPurpose.Issuing, immediately: false, TestAuthority.Actor, Cancellation));

        var delta = await authority.Deltas.ExecuteAsync(old.Sequence, Cancellation);

        Assert.Equal("delta_unavailable", delta.Refusal?.Code);
    }

    [Fact]
    public async Task The_current_bundle_needs_no_delta_and_an_unknown_one_has_none()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var current = await BundleAsync(authority);

        Assert.Equal("delta_empty", (await authority.Deltas.ExecuteAsync(current.Sequence, Cancellation)).Refusal?.Code);
        Assert.Equal("delta_unavailable", (await authority.Deltas.ExecuteAsync(current.Sequence + 5, Cancellation)).Refusal?.Code);
    }

    [Fact]
    public async Task Two_instances_publish_the_same_bundle()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var other = new PublishTrustBundle(ledger.OpenAgain(authority.Database), authority.Keys, authority.Time, authority.Issuer, authority.Trust);

        var published = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? authority.Bundles : other).ExecuteAsync(Cancellation)));

        Assert.Single(published.Select(bundle => Convert.ToHexString(TestAuthority.Value(bundle).Message)).Distinct());
    }

    private static async Task<PublishedBundle> BundleAsync(TestAuthority authority) =>
        TestAuthority.Value(await authority.Bundles.ExecuteAsync(Cancellation));

    private static async Task ChangeAsync(TestAuthority authority, Authority.Credentials.CredentialId id, StatusValue status) =>
        TestAuthority.Value(await authority.ChangeStatus.ExecuteAsync(id, status, "Article 28 of the code", TestAuthority.Actor, Cancellation));
}
