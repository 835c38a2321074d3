using CsCheck;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.StatusLists;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests.Trust;

public sealed class TrustBundleTests : IDisposable
{
    private readonly TestIssuer _issuer = new();

    [Fact]
    public void Says_what_was_written()
    {
        var content = _issuer.Content() with { AnnouncedAnchors = [_issuer.Key.Anchor] };
        var read = _issuer.Trust(content).Content;
        Assert.Equal(BundleWriter.Write(content), BundleWriter.Write(read));
        Assert.Equal((10L, Now, Now.AddDays(1)), (read.Sequence, read.Issued, read.NextUpdate));
        Assert.Equal(Statuses.Bytes, read.StatusLists[0].Statuses.Bytes);
        Assert.Equal("Netherlands Customs", read.Issuers[0].Names[0].Value);
        Assert.Equal(_issuer.Key.Anchor.Fingerprint, Assert.Single(read.AnnouncedAnchors).Fingerprint);
    }

    [Fact]
    public void Names_what_its_catalogue_has_and_numbers_what_it_has_not()
    {
        var trust = _issuer.Trust();
        Assert.Equal("AeoStatus", trust.CredentialTypeName(2));
        Assert.Equal("type-9", trust.CredentialTypeName(9));
        Assert.Equal("AEOC", trust.AeoComponent(1)?.Component);
        Assert.Null(trust.AeoComponent(9));
    }

    [Theory]
    [InlineData(9, BundleFailure.None)]
    [InlineData(10, BundleFailure.None)]
    [InlineData(11, BundleFailure.Rollback)]
    public void A_bundle_older_than_one_seen_is_refused(long newestSeen, BundleFailure expected) =>
        Assert.Equal(expected, TrustBundle.TryLoad(_issuer.File(_issuer.Content()), [_issuer.AnchorKey.Anchor], newestSeen, out _));

    [Fact]
    public void A_bundle_of_a_key_that_is_not_pinned_is_refused()
    {
        var payload = BundleWriter.Write(_issuer.Content());
        using var other = new TestKey();
        TrustAnchor[] pinned = [_issuer.AnchorKey.Anchor];
        Assert.Equal(BundleFailure.SignatureInvalid, TrustBundle.TryLoad(other.Sign(BundleWriter.Type, payload), pinned, 0, out _));
        Assert.Equal(BundleFailure.SignatureInvalid, TrustBundle.TryLoad(_issuer.Key.Sign(BundleWriter.Type, payload), pinned, 0, out _));
        Assert.Equal(BundleFailure.SignatureInvalid, TrustBundle.TryLoad(_issuer.AnchorKey.Sign(BundleWriter.Type, payload), [], 0, out _));
    }

    [Fact]
    public void A_bundle_that_names_another_key_than_signed_it_is_refused()
    {
        var header = CoseSign1.EncodeProtectedHeader(_issuer.Key.Anchor.KeyId, BundleWriter.Type);
        var file = _issuer.AnchorKey.Sign(header, BundleWriter.Write(_issuer.Content()));
        Assert.Equal(BundleFailure.SignatureInvalid, TrustBundle.TryLoad(file, [_issuer.AnchorKey.Anchor], 0, out _));
    }

    [Fact]
    public void An_index_both_revoked_and_suspended_is_refused()
    {
        var statuses = new StatusListBitmap(2, ListLength);
        statuses.Set(5000, (int)StatusValue.Revoked);
        statuses.Set(5001, (int)StatusValue.Suspended);
        var payload = BundleWriter.Write(_issuer.Content() with { StatusLists = [Snapshot(Now) with { Statuses = statuses }] });
        var suspended = RiceCodedIndexes.Encode([5001]);
        var at = payload.AsSpan().LastIndexOf(suspended);
        RiceCodedIndexes.Encode([5000]).CopyTo(payload, at);
        Assert.Equal(BundleFailure.Malformed, TrustBundle.TryLoad(
            _issuer.AnchorKey.Sign(BundleWriter.Type, payload), [_issuer.AnchorKey.Anchor], 0, out _));
        suspended.CopyTo(payload, at);
        Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(
            _issuer.AnchorKey.Sign(BundleWriter.Type, payload), [_issuer.AnchorKey.Anchor], 0, out _));
    }

    [Fact]
    public void During_a_roll_over_the_old_anchor_and_the_announced_one_are_both_good()
    {
        using var next = new TestKey();
        var announcing = _issuer.Trust(_issuer.Content() with { AnnouncedAnchors = [next.Anchor] });
        TrustAnchor[] pinned = [_issuer.AnchorKey.Anchor, .. announcing.Content.AnnouncedAnchors];
        var byNext = next.Sign(BundleWriter.Type, BundleWriter.Write(_issuer.Content() with { Sequence = 11 }));
        Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(byNext, pinned, announcing.Sequence, out var taken));
        Assert.Equal(11, taken?.Sequence);
        Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(_issuer.File(_issuer.Content()), pinned, 0, out _));
        Assert.Equal(BundleFailure.SignatureInvalid, TrustBundle.TryLoad(byNext, [_issuer.AnchorKey.Anchor], 0, out _));
    }

    [Fact]
    public void A_delta_may_come_of_the_other_pinned_anchor()
    {
        using var next = new TestKey();
        var delta = new StatusDelta { FromSequence = 10, ToSequence = 11, Issued = Now, NextUpdate = Now.AddDays(1), Issuer = Code, Changes = [] };
        var signed = next.Sign(StatusDelta.Type, delta.Write());
        var file = _issuer.File(_issuer.Content());
        Assert.Equal(BundleFailure.None, BundleFile.TryApply(file, signed, [_issuer.AnchorKey.Anchor, next.Anchor], out _));
        Assert.Equal(BundleFailure.SignatureInvalid, BundleFile.TryApply(file, signed, [_issuer.AnchorKey.Anchor], out _));
    }

    [Fact]
    public void An_empty_file_or_another_one_is_refused()
    {
        byte[][] others = [[], [0x80], [0x81, 0x40], "{}"u8.ToArray(), _issuer.Message(Company), BundleWriter.Write(_issuer.Content())];
        Assert.All(others, file => Assert.Equal(BundleFailure.Malformed, TrustBundle.TryLoad(file, [_issuer.AnchorKey.Anchor], 0, out _)));
    }

    [Fact]
    public void A_signed_bundle_that_contradicts_itself_is_refused()
    {
        var content = _issuer.Content();
        var issuer = content.Issuers[0];
        BundleContent[] contradictions =
        [
            content with { Issuers = [issuer, issuer with { Keys = [] }] },
            content with { Issuers = [issuer, issuer with { Code = "BE" }] }, // one key for two
            content with { CredentialTypes = [content.CredentialTypes[0], content.CredentialTypes[0]] },
            content with { AeoComponents = [content.AeoComponents[0], content.AeoComponents[0]] },
            content with { StatusLists = [Snapshot(Now), Snapshot(Now)] },
            content with { StatusLists = [Snapshot(Now.AddSeconds(1))] }, // a status from the future
            content with { NextUpdate = Now.AddSeconds(-1) },
            content with { Issuers = [issuer with { Keys = [issuer.Keys[0] with { X = new byte[32] }] }] }, // off the curve
        ];
        Assert.All(contradictions, wrong => Assert.Equal(BundleFailure.Malformed, TrustBundle.TryLoad(_issuer.File(wrong), [_issuer.AnchorKey.Anchor], 0, out _)));
    }

    [Fact]
    public void A_signed_payload_that_was_not_written_so_is_refused()
    {
        var payload = BundleWriter.Write(_issuer.Content());
        byte[][] wrong =
        [
            [.. payload, 0],
            [0xBF, .. payload[1..], 0xFF], // a map of indefinite length
            [0xA9, .. payload[1..]],
            [payload[0], 0x18, .. payload[1..]], // key 1 in two bytes
            [.. payload[..2], 0x02, .. payload[3..]], // version 2
        ];
        Assert.All(wrong, bytes => Assert.Equal(
            BundleFailure.Malformed, TrustBundle.TryLoad(_issuer.AnchorKey.Sign(BundleWriter.Type, bytes), [_issuer.AnchorKey.Anchor], 0, out _)));
    }

    [Fact]
    public void Statuses_come_back_as_written_scattered_or_clustered() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Int[0, 60], Gen.Int[0, 400], Gen.Int[0, 3]).Sample((count, scattered, clustered, value) =>
        {
            var statuses = new StatusListBitmap(2, count);
            for (var i = 0; i < scattered; i++)
            {
                statuses.Set((i * 7919) % count, 1 + (i % 2));
            }

            for (var i = 0; i < Math.Min(clustered, count); i++)
            {
                statuses.Set(i, value);
            }

            var trust = _issuer.Trust(_issuer.Content() with { StatusLists = [Snapshot(Now) with { Statuses = statuses }] });
            return trust.Content.StatusLists[0].Statuses.Bytes.SequenceEqual(statuses.Bytes);
        }, iter: 200);

    [Fact]
    public void A_post_without_a_bundle_gives_a_doubt_and_no_rejection()
    {
        Assert.Equal("undetermined: bundle_rollback", Word(Verdict.WithoutBundle(BundleFailure.Rollback, Now)));
        Assert.Equal("undetermined: bundle_signature_invalid", Word(Verdict.WithoutBundle(BundleFailure.SignatureInvalid, Now)));
        Assert.Equal("undetermined: bundle_signature_invalid", Word(Verdict.WithoutBundle(BundleFailure.Malformed, Now)));
        Assert.Equal("undetermined: bundle_signature_invalid", Word(Verdict.WithoutBundle(BundleFailure.OutOfOrder, Now)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Verdict.WithoutBundle(BundleFailure.None, Now));
    }

    public void Dispose() => _issuer.Dispose();
}
