using System.Security.Cryptography;
using TradeIdentity.Codecs.StatusLists;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests.Trust;

public sealed class StatusDeltaTests : IDisposable
{
    private readonly TestIssuer _issuer = new();
    private readonly byte[] _bundle;

    public StatusDeltaTests() => _bundle = _issuer.File(_issuer.Content());

    [Fact]
    public void Brings_a_bundle_up_to_date()
    {
        var file = Applied(_bundle, Delta(10, Change(revoked: [5, ValidIndex], suspended: [6], reinstated: [SuspendedIndex])));
        var trust = Load(file);
        Assert.Equal(11, trust.Sequence);
        Assert.Equal(Now.AddHours(1), trust.Content.Issued);
        Assert.Equal(Now.AddHours(25), trust.Content.NextUpdate);
        Assert.Equal(Now.AddHours(1), Assert.Single(trust.Content.StatusLists).AsOf);
        Assert.Equal("rejected: revoked", Judge(trust, ValidIndex));
        Assert.Equal("rejected: revoked", Judge(trust, 5));
        Assert.Equal("rejected: suspended", Judge(trust, 6));
        Assert.Equal("accepted", Judge(trust, SuspendedIndex));
        Assert.Equal("accepted", Judge(trust, 7));
        Assert.Equal("rejected: revoked", Judge(trust, RevokedIndex));
    }

    [Fact]
    public void A_delta_without_a_change_makes_the_statuses_younger()
    {
        var trust = Load(Applied(_bundle, Delta(10)));
        Assert.Equal("accepted", Word(OfflineVerifier.Verify(_issuer.Text(Company), trust, Now.AddHours(25))));
        Assert.Equal("undetermined: bundle_expired", _issuer.Judge(at: Now.AddHours(25)));
    }

    [Fact]
    public void Deltas_chain_in_their_order_and_in_no_other()
    {
        var first = Delta(10, Change(suspended: [5]));
        var second = Delta(11, Change(revoked: [5]));
        var third = Delta(12, Change(suspended: [6]));
        var file = Applied(Applied(Applied(_bundle, first), second), third);
        Assert.Equal("rejected: revoked", Judge(Load(file), 5));
        Assert.Equal(13, Load(file).Sequence);
        Refuses(BundleFailure.OutOfOrder, _bundle, second);
        Refuses(BundleFailure.OutOfOrder, Applied(_bundle, first), third);
    }

    [Fact]
    public void A_replayed_delta_is_refused()
    {
        var first = Delta(10, Change(suspended: [5]));
        var file = Applied(_bundle, first);
        Refuses(BundleFailure.OutOfOrder, file, first);
        Refuses(BundleFailure.OutOfOrder, Applied(file, Delta(11)), first);
    }

    [Fact]
    public void A_delta_older_than_the_bundle_is_refused() =>
        Refuses(BundleFailure.OutOfOrder, _bundle, Sign(Content(10) with { Issued = Now.AddSeconds(-1) }));

    [Fact]
    public void A_delta_of_another_key_is_refused()
    {
        using var other = new TestKey();
        Refuses(BundleFailure.SignatureInvalid, _bundle, other.Sign(StatusDelta.Type, Content(10).Write()));
        Refuses(BundleFailure.SignatureInvalid, _bundle, _issuer.Key.Sign(StatusDelta.Type, Content(10).Write()));
    }

    [Fact]
    public void Every_flipped_bit_of_a_delta_is_refused()
    {
        var delta = Delta(10, Change(revoked: [5]));
        for (var bit = 0; bit < delta.Length * 8; bit++)
        {
            byte[] changed = [.. delta];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            var failure = BundleFile.TryApply(_bundle, changed, [_issuer.AnchorKey.Anchor], out var applied);
            Assert.True(failure is BundleFailure.Malformed or BundleFailure.SignatureInvalid && applied.Length == 0, $"bit {bit}: {failure}");
        }
    }

    [Fact]
    public void A_bundle_is_no_delta_and_a_delta_is_no_bundle()
    {
        Refuses(BundleFailure.Malformed, _bundle, _bundle);
        Assert.Equal(BundleFailure.Malformed, TrustBundle.TryLoad(Delta(10), [_issuer.AnchorKey.Anchor], 0, out _));
        Refuses(BundleFailure.Malformed, _bundle, _issuer.AnchorKey.Sign(BundleWriter.Type, Content(10).Write()));
    }

    [Fact]
    public void A_delta_leaves_the_lists_of_other_issuers_alone()
    {
        var other = Snapshot(Now) with { Issuer = "BE" };
        var content = _issuer.Content() with { StatusLists = [Snapshot(Now), other] };
        var trust = Load(Applied(_issuer.File(content), Delta(10, Change(revoked: [5]))));
        Assert.Equal(Now.AddHours(1), trust.Content.StatusLists[0].AsOf);
        Assert.Equal(Now, trust.Content.StatusLists[1].AsOf);
        Assert.Equal((int)StatusValue.Valid, trust.Content.StatusLists[1].Statuses.Get(5));
    }

    // Else a post without a policy would take the other issuer's statuses for as long as this one sends deltas.
    [Fact]
    public void A_delta_puts_off_no_update_that_the_lists_of_other_issuers_are_due()
    {
        var content = _issuer.Content() with { StatusLists = [Snapshot(Now), Snapshot(Now) with { Issuer = "BE" }] };
        var trust = Load(Applied(_issuer.File(content), Delta(10)));
        Assert.Equal((11, Now.AddHours(1), content.NextUpdate), (trust.Sequence, trust.Content.Issued, trust.Content.NextUpdate));
        var sooner = Load(Applied(_issuer.File(content), Sign(Content(10) with { NextUpdate = Now.AddHours(2) })));
        Assert.Equal(Now.AddHours(2), sooner.Content.NextUpdate);
    }

    // It would make the bundle look fresh without a status in it being so.
    [Fact]
    public void A_delta_of_an_issuer_that_the_bundle_does_not_have_is_refused()
    {
        Refuses(BundleFailure.OutOfOrder, _bundle, Sign(Content(10) with { Issuer = "BE" }));
        Refuses(BundleFailure.OutOfOrder, _bundle, Sign(Content(10, Change(revoked: [5])) with { Issuer = "BE" }));
    }

    [Fact]
    public void An_issuer_with_no_list_yet_has_deltas_all_the_same()
    {
        var file = _issuer.File(_issuer.Content() with { StatusLists = [] });
        Assert.Equal(11, Load(Applied(file, Delta(10))).Sequence);
    }

    [Fact]
    public void A_delta_that_takes_a_revocation_back_is_refused()
    {
        Refuses(BundleFailure.OutOfOrder, _bundle, Delta(10, Change(reinstated: [RevokedIndex])));
        Refuses(BundleFailure.OutOfOrder, _bundle, Delta(10, Change(suspended: [RevokedIndex])));
        var revoked = Applied(_bundle, Delta(10, Change(revoked: [5])));
        Refuses(BundleFailure.OutOfOrder, revoked, Delta(11, Change(reinstated: [5])));
    }

    [Fact]
    public void An_index_named_twice_is_refused()
    {
        Refuses(BundleFailure.OutOfOrder, _bundle, Delta(10, Change(revoked: [5], suspended: [5])));
        Refuses(BundleFailure.OutOfOrder, _bundle, Delta(10, Change(revoked: [5], reinstated: [5])));
        Refuses(BundleFailure.OutOfOrder, _bundle, Delta(10, Change(suspended: [5], reinstated: [5])));
        Refuses(BundleFailure.OutOfOrder, _bundle, Delta(10, Change(revoked: [5]), Change(revoked: [6])));
    }

    [Fact]
    public void A_delta_to_a_list_or_index_that_the_bundle_does_not_have_is_refused()
    {
        Refuses(BundleFailure.OutOfOrder, _bundle, Delta(10, Change(revoked: [5]) with { List = List + 1 }));
        Refuses(BundleFailure.OutOfOrder, _bundle, Delta(10, Change(revoked: [ListLength])));
    }

    [Fact]
    public void A_delta_never_changes_the_bundle_that_it_was_tried_on()
    {
        var trust = Load(_bundle);
        _ = Applied(_bundle, Delta(10, Change(revoked: [ValidIndex])));
        Assert.Equal("accepted", Judge(trust, ValidIndex));
    }

    [Fact]
    public void Reads_what_it_writes()
    {
        var written = Content(10, Change(revoked: [0, 63, 64, ListLength - 1], suspended: [], reinstated: [7]));
        Assert.True(StatusDelta.TryRead(written.Write(), out var read));
        Assert.Equivalent(written, read, strict: true);
        Assert.Equal(written.Write(), read.Write());
    }

    [Fact]
    public void Refuses_a_payload_that_it_would_not_write()
    {
        var payload = Content(10, Change(revoked: [5])).Write();
        Assert.False(StatusDelta.TryRead((byte[])[.. payload, 0], out _));
        Assert.False(StatusDelta.TryRead((Content(10) with { ToSequence = 10 }).Write(), out _));
        Assert.False(StatusDelta.TryRead((Content(10) with { NextUpdate = Now.AddMinutes(59) }).Write(), out _));
        for (var length = 0; length < payload.Length; length++)
        {
            Assert.False(StatusDelta.TryRead(payload.AsSpan(0, length), out _), $"{length} bytes");
        }
    }

    [Fact]
    public void A_days_delta_of_ten_million_credentials_fits_one_QR_code()
    {
        // 100,000 revocations a year: 274 a day, anywhere among the indexes.
        int[] revoked = [.. Enumerable.Range(0, 274).Select(_ => RandomNumberGenerator.GetInt32(10_000_000)).Distinct().Order()];
        var delta = Delta(10, Change(revoked: revoked));
        Assert.InRange(RiceCodedIndexes.Encode(revoked).Length, 500, 600);
        Assert.InRange(DeltaText.Encode(delta).Length, 1, 1200); // Version 25 at M holds 1,451 characters.
    }

    public void Dispose() => _issuer.Dispose();

    private static StatusListChange Change(int[]? revoked = null, int[]? suspended = null, int[]? reinstated = null) =>
        new() { List = List, Revoked = revoked ?? [], Suspended = suspended ?? [], Reinstated = reinstated ?? [] };

    // Signed an hour after the bundle, and an hour after each delta before.
    private static StatusDelta Content(long from, params StatusListChange[] changes) => new()
    {
        FromSequence = from,
        ToSequence = from + 1,
        Issued = Now.AddHours(from - 9),
        NextUpdate = Now.AddHours(from - 9 + 24),
        Issuer = Code,
        Changes = changes,
    };

    private byte[] Delta(long from, params StatusListChange[] changes) => Sign(Content(from, changes));

    private byte[] Sign(StatusDelta delta) => _issuer.AnchorKey.Sign(StatusDelta.Type, delta.Write());

    private byte[] Applied(byte[] file, byte[] delta)
    {
        Assert.Equal(BundleFailure.None, BundleFile.TryApply(file, delta, [_issuer.AnchorKey.Anchor], out var applied));
        return applied;
    }

    private void Refuses(BundleFailure expected, byte[] file, byte[] delta)
    {
        Assert.Equal(expected, BundleFile.TryApply(file, delta, [_issuer.AnchorKey.Anchor], out var applied));
        Assert.Empty(applied);
    }

    private TrustBundle Load(byte[] file)
    {
        Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(file, [_issuer.AnchorKey.Anchor], 0, out var bundle));
        return bundle!;
    }

    private string Judge(TrustBundle trust, int index) =>
        Word(OfflineVerifier.Verify(_issuer.Text(Company with { Status = new StatusReference(List, index) }), trust, Now.AddHours(3)));
}
