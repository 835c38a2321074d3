using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests;

public sealed class FreshnessAndClockTests : IDisposable
{
    private static readonly VerificationPolicy Weekly = new() { MaxStatusAge = TimeSpan.FromDays(7) };

    private readonly TestIssuer _issuer = new();

    [Theory]
    [InlineData(0, "accepted")]
    [InlineData(1, "undetermined: bundle_expired")]
    public void Without_a_policy_a_status_is_good_until_the_next_update_is_due(int secondsPast, string expected) =>
        Assert.Equal(expected, _issuer.Judge(at: Now.AddDays(1).AddSeconds(secondsPast)));

    [Theory]
    [InlineData(0, "accepted")]
    [InlineData(1, "undetermined: status_stale")]
    public void A_policy_of_the_post_sets_the_age_instead(int secondsPast, string expected) =>
        Assert.Equal(expected, _issuer.Judge(at: Now.AddDays(7).AddSeconds(secondsPast), policy: Weekly));

    [Fact]
    public void A_stale_verdict_tells_the_age()
    {
        var verdict = OfflineVerifier.Verify(_issuer.Text(Company), _issuer.Trust(), Now.AddDays(8), Weekly);
        Assert.Equal(new CredentialStatus(StatusValue.Valid, Now, TimeSpan.FromDays(8)), verdict.Evidence.Status);
    }

    [Fact]
    public void The_age_is_that_of_the_list_and_not_of_the_bundle()
    {
        var content = _issuer.Content() with { StatusLists = [Snapshot(Now.AddDays(-6))] };
        Assert.Equal("accepted", _issuer.Judge(content: content, at: Now.AddDays(1), policy: Weekly));
        Assert.Equal("undetermined: status_stale", _issuer.Judge(content: content, at: Now.AddDays(1).AddSeconds(1), policy: Weekly));
    }

    [Fact]
    public void A_type_may_have_an_age_of_its_own_stricter_or_laxer()
    {
        var strict = Weekly with { MaxStatusAgeByType = new Dictionary<int, TimeSpan> { [CredentialTypes.AeoStatus] = TimeSpan.FromHours(1) } };
        var lax = new VerificationPolicy { MaxStatusAgeByType = new Dictionary<int, TimeSpan> { [CredentialTypes.AeoStatus] = TimeSpan.FromDays(30) } };
        var legal = Company with { Type = CredentialTypes.LegalIdentity };
        Assert.Equal("undetermined: status_stale", _issuer.Judge(at: Now.AddHours(2), policy: strict));
        Assert.Equal("accepted", _issuer.Judge(legal, at: Now.AddHours(2), policy: strict));
        Assert.Equal("accepted", _issuer.Judge(at: Now.AddDays(20), policy: lax));
        Assert.Equal("undetermined: bundle_expired", _issuer.Judge(legal, at: Now.AddDays(20), policy: lax));
    }

    [Fact]
    public void A_revocation_is_for_good_however_old_the_news()
    {
        var revoked = Company with { Status = new StatusReference(List, RevokedIndex) };
        Assert.Equal("rejected: revoked", _issuer.Judge(revoked, at: Now.AddDays(100), policy: Weekly));
        Assert.Equal("rejected: revoked", _issuer.Judge(revoked, at: Now.AddDays(100)));
    }

    [Fact]
    public void A_suspension_may_have_been_lifted_since_the_news_of_it()
    {
        var suspended = Company with { Status = new StatusReference(List, SuspendedIndex) };
        Assert.Equal("rejected: suspended", _issuer.Judge(suspended, at: Now.AddDays(7), policy: Weekly));
        Assert.Equal("undetermined: status_stale", _issuer.Judge(suspended, at: Now.AddDays(8), policy: Weekly));
    }

    [Theory]
    [InlineData(-1, "accepted")]
    [InlineData(0, "rejected: expired")]
    public void A_credential_ends_at_its_expiry(int seconds, string expected) =>
        Assert.Equal(expected, _issuer.Judge(Company with { ExpiresAt = Now.AddHours(1) }, at: Now.AddHours(1).AddSeconds(seconds)));

    [Theory]
    [InlineData(0, "accepted")]
    [InlineData(-30, "accepted")]
    [InlineData(-31, "rejected: not_yet_valid")]
    public void A_credential_begins_at_its_first_second_less_the_tolerance(int seconds, string expected) =>
        Assert.Equal(expected, _issuer.Judge(Company with { NotBefore = Now.AddHours(2) }, at: Now.AddHours(2).AddSeconds(seconds)));

    [Theory]
    [InlineData(-30, "accepted")]
    [InlineData(-31, "undetermined: clock")]
    [InlineData(-86400 * 365, "undetermined: clock")]
    public void A_clock_before_the_bundle_is_wrong(int seconds, string expected) =>
        Assert.Equal(expected, _issuer.Judge(at: Now.AddSeconds(seconds)));

    [Theory]
    [InlineData(-30, "accepted")]
    [InlineData(-31, "undetermined: clock")]
    public void A_clock_before_the_credential_is_wrong(int seconds, string expected)
    {
        var issuedLater = Company with { IssuedAt = Now.AddHours(3), NotBefore = Now.AddHours(3) };
        Assert.Equal(expected, _issuer.Judge(issuedLater, at: Now.AddHours(3).AddSeconds(seconds)));
    }

    [Fact]
    public void A_wrong_clock_is_its_own_reason_and_never_expired_nor_not_yet_valid()
    {
        var before = Now.AddDays(-2);
        Assert.Equal("undetermined: clock", _issuer.Judge(Company with { ExpiresAt = Now.AddHours(-12) }, at: before));
        Assert.Equal("undetermined: clock", _issuer.Judge(Company with { NotBefore = Now.AddDays(1) }, at: before));
        Assert.Equal("undetermined: clock", _issuer.Judge(Company with { Status = new StatusReference(List, RevokedIndex) }, at: before));
    }

    [Fact]
    public void The_tolerance_is_the_posts()
    {
        Assert.Equal("undetermined: clock", _issuer.Judge(at: Now.AddSeconds(-1), policy: new VerificationPolicy { ClockTolerance = TimeSpan.Zero }));
        Assert.Equal("accepted", _issuer.Judge(at: Now.AddHours(-1), policy: new VerificationPolicy { ClockTolerance = TimeSpan.FromHours(1) }));
        Assert.Equal("accepted", _issuer.Judge(policy: new VerificationPolicy { ClockTolerance = TimeSpan.MaxValue }));
    }

    [Fact]
    public void A_forgery_is_a_forgery_whatever_the_clock_says()
    {
        var text = _issuer.Text(Company);
        var last = text[^1] == '0' ? '1' : '0';
        Assert.Equal("rejected", Word(OfflineVerifier.Verify(text[..^1] + last, _issuer.Trust(), Now.AddYears(-5))).Split(':')[0]);
    }

    // What a verifier is asked at the edges of time, and from every time zone: an answer, not an exception.
    [Fact]
    public void Every_time_gives_a_verdict()
    {
        DateTimeOffset[] times =
        [
            DateTimeOffset.MinValue,
            DateTimeOffset.MaxValue,
            new(new DateTime(9999, 12, 31, 23, 59, 50, DateTimeKind.Unspecified), TimeSpan.FromHours(14)),
            new(new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), TimeSpan.FromHours(-14)),
        ];
        TimeSpan[] tolerances = [TimeSpan.MinValue, TimeSpan.FromSeconds(30), TimeSpan.MaxValue];
        Assert.All(times, at => Assert.All(tolerances, tolerance => Assert.Contains(
            _issuer.Judge(at: at, policy: new VerificationPolicy { ClockTolerance = tolerance }),
            (string[])["undetermined: clock", "rejected: expired", "accepted"])));
    }

    [Fact]
    public void The_same_moment_in_another_time_zone_gives_the_same_verdict() =>
        Assert.Equal("accepted", _issuer.Judge(at: Now.ToOffset(TimeSpan.FromHours(-11))));

    public void Dispose() => _issuer.Dispose();
}
