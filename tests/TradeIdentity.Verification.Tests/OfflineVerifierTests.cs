using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests;

public sealed class OfflineVerifierTests : IDisposable
{
    private readonly TestIssuer _issuer = new();

    [Fact]
    public void Accepts_a_valid_credential_and_says_what_it_rests_on()
    {
        var trust = _issuer.Trust();
        var verdict = OfflineVerifier.Verify(_issuer.Text(Company), trust, Now.AddHours(2));
        var accepted = Assert.IsType<Verdict.Accepted>(verdict);
        Assert.Equal("NL854502130", accepted.Credential.Tin);
        Assert.Equal(new CredentialStatus(StatusValue.Valid, Now, TimeSpan.FromHours(2)), accepted.Status);
        Assert.Equal(Code, accepted.Evidence.Issuer?.Code);
        Assert.Same(trust, accepted.Evidence.Bundle);
        Assert.Equal(Now.AddHours(2), accepted.Evidence.At);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HC1:6BF")]
    [InlineData("ti1:6BF")]
    [InlineData(" TI1:6BF")]
    [InlineData("https://example.com")]
    public void A_text_of_another_kind_is_an_unsupported_envelope(string text) =>
        Assert.Equal("rejected: unsupported_envelope", Word(OfflineVerifier.Verify(text, _issuer.Trust(), Now)));

    [Fact]
    public void A_text_that_was_not_written_so_is_malformed()
    {
        var text = _issuer.Text(Company);
        var trust = _issuer.Trust();
        string[] wrong =
        [
            Ti1Text.Prefix,
            text + "\n",
            text + " ",
            text + "00",
            Ti1Text.Prefix + text[4..].ToLowerInvariant(),
            Ti1Text.Prefix + " " + text[4..],
            text[..^1],
            text[..^3],
            Ti1Text.Prefix + text,
            text.PadRight(Ti1Text.MaxLength + 1, '0'),
            Ti1Text.Prefix + new string('0', 100_000),
        ];
        Assert.All(wrong, w => Assert.Equal("rejected: malformed", Word(OfflineVerifier.Verify(w, trust, Now))));
    }

    [Fact]
    public void A_message_of_another_type_is_malformed_though_signed()
    {
        var payload = CredentialWriter.Write(Company);
        Assert.All(["ti2", "ti1-bundle", ""], type =>
            Assert.Equal("rejected: malformed", Word(OfflineVerifier.Verify(Ti1Text.Encode(_issuer.Key.Sign(type, payload)), _issuer.Trust(), Now))));
    }

    [Fact]
    public void A_payload_that_is_no_credential_is_malformed_though_signed()
    {
        byte[] payload = [.. CredentialWriter.Write(Company), 0];
        var text = Ti1Text.Encode(_issuer.Key.Sign(CredentialWriter.Type, payload));
        var verdict = OfflineVerifier.Verify(text, _issuer.Trust(), Now);
        Assert.Equal("rejected: malformed", Word(verdict));
        Assert.Null(verdict.Evidence.Credential);
    }

    [Theory]
    [InlineData(-8)] // EdDSA
    [InlineData(-35)] // ES384
    [InlineData(-9)] // ESP256, the fully specified name of the same algorithm
    [InlineData(5)] // HMAC 256/256
    public void Another_algorithm_is_not_allowed_though_the_bundle_lists_it(int algorithm)
    {
        var header = CoseSign1.EncodeProtectedHeader(_issuer.Key.Anchor.KeyId, CredentialWriter.Type);
        Assert.Equal(0x26, header[2]); // alg -7: one byte, replaced by another algorithm's
        byte[] value = algorithm switch { -35 => [0x38, 34], < 0 => [(byte)(0x20 - 1 - algorithm)], _ => [(byte)algorithm] };
        byte[] changed = [.. header[..2], .. value, .. header[3..]];
        var text = Ti1Text.Encode(_issuer.Key.Sign(changed, CredentialWriter.Write(Company)));
        var trust = _issuer.Trust(_issuer.Content() with { Algorithms = [CoseSign1.Es256, algorithm] });
        Assert.Equal("rejected: algorithm_not_allowed", Word(OfflineVerifier.Verify(text, trust, Now)));
    }

    [Fact]
    public void A_bundle_may_take_ES256_off_its_list() =>
        Assert.Equal("rejected: algorithm_not_allowed", _issuer.Judge(content: _issuer.Content() with { Algorithms = [-8] }));

    [Fact]
    public void An_unknown_key_is_a_doubt_and_not_a_forgery()
    {
        using var other = new TestKey();
        var text = Ti1Text.Encode(other.Sign(CredentialWriter.Type, CredentialWriter.Write(Company)));
        var verdict = OfflineVerifier.Verify(text, _issuer.Trust(), Now);
        Assert.Equal("undetermined: issuer_unknown", Word(verdict));
        Assert.Null(verdict.Evidence.Issuer);
    }

    [Fact]
    public void A_signature_by_another_key_under_a_known_name_is_invalid()
    {
        using var other = new TestKey();
        var header = CoseSign1.EncodeProtectedHeader(_issuer.Key.Anchor.KeyId, CredentialWriter.Type);
        var text = Ti1Text.Encode(other.Sign(header, CredentialWriter.Write(Company)));
        Assert.Equal("rejected: signature_invalid", Word(OfflineVerifier.Verify(text, _issuer.Trust(), Now)));
    }

    [Theory]
    [InlineData(2, "rejected: signature_invalid")]
    [InlineData(3, "undetermined: issuer_unknown")]
    public void A_key_name_damaged_in_two_bytes_is_a_damaged_credential(int bytes, string expected)
    {
        byte[] keyId = [.. _issuer.Key.Anchor.KeyId];
        for (var i = 0; i < bytes; i++)
        {
            keyId[i * 2] ^= 0xFF;
        }

        var header = CoseSign1.EncodeProtectedHeader(keyId, CredentialWriter.Type);
        var text = Ti1Text.Encode(_issuer.Key.Sign(header, CredentialWriter.Write(Company)));
        Assert.Equal(expected, Word(OfflineVerifier.Verify(text, _issuer.Trust(), Now)));
    }

    [Fact]
    public void A_key_vouches_for_its_own_issuer_only() =>
        Assert.Equal("rejected: issuer_not_authorised", _issuer.Judge(Company with { Issuer = "NL" }));

    [Fact]
    public void A_key_vouches_for_its_own_types_only() =>
        Assert.Equal("rejected: issuer_not_authorised", _issuer.Judge(content: WithTerms(terms => terms with { CredentialTypes = [1, 3] })));

    [Theory]
    [InlineData("NL", "accepted")]
    [InlineData("DE", "rejected: issuer_not_authorised")]
    public void A_key_vouches_for_operators_of_its_own_countries_only(string country, string expected) =>
        Assert.Equal(expected, _issuer.Judge(content: WithTerms(terms => terms with { Countries = ["BE", country] })));

    [Theory]
    [InlineData(0, 0, "accepted")]
    [InlineData(1, 0, "rejected: issuer_not_authorised")]
    [InlineData(0, -1, "rejected: issuer_not_authorised")]
    public void A_key_vouches_for_what_was_issued_while_it_signed(int fromOffset, int untilOffset, string expected)
    {
        var issuedAt = Company.IssuedAt;
        var content = WithTerms(terms => terms with { SignsFrom = issuedAt.AddSeconds(fromOffset), SignsUntil = issuedAt.AddSeconds(untilOffset) });
        Assert.Equal(expected, _issuer.Judge(content: content));
    }

    [Fact]
    public void The_old_key_and_the_new_one_of_a_rollover_are_both_good()
    {
        using var next = new TestKey();
        var rollover = _issuer.Content() with
        {
            Issuers = [Entry(_issuer.Key.Terms(Now.AddYears(-1), Now.AddHours(-12)), next.Terms(Now.AddHours(-12), Now.AddYears(1)))],
        };
        var trust = _issuer.Trust(rollover);
        var early = Company with { IssuedAt = Now.AddHours(-6), NotBefore = Now.AddHours(-6) };
        var ofNext = Ti1Text.Encode(next.Sign(CredentialWriter.Type, CredentialWriter.Write(early)));
        var ofNextBackdated = Ti1Text.Encode(next.Sign(CredentialWriter.Type, CredentialWriter.Write(Company)));
        Assert.Equal("accepted", Word(OfflineVerifier.Verify(_issuer.Text(Company), trust, Now)));
        Assert.Equal("accepted", Word(OfflineVerifier.Verify(ofNext, trust, Now)));
        Assert.Equal("undetermined: issuer_unknown", Word(OfflineVerifier.Verify(ofNext, _issuer.Trust(), Now)));
        Assert.Equal("rejected: issuer_not_authorised", Word(OfflineVerifier.Verify(_issuer.Text(early), trust, Now)));
        Assert.Equal("rejected: issuer_not_authorised", Word(OfflineVerifier.Verify(ofNextBackdated, trust, Now)));
    }

    [Theory]
    [InlineData(RevokedIndex, "rejected: revoked")]
    [InlineData(SuspendedIndex, "rejected: suspended")]
    [InlineData(UnknownIndex, "undetermined: status_unknown")]
    [InlineData(ListLength - 1, "accepted")]
    [InlineData(ListLength, "undetermined: status_unknown")]
    public void The_status_of_the_index_counts(int index, string expected) =>
        Assert.Equal(expected, _issuer.Judge(Company with { Status = new StatusReference(List, index) }));

    [Fact]
    public void A_list_that_the_bundle_does_not_have_is_an_unknown_status()
    {
        Assert.Equal("undetermined: status_unknown", _issuer.Judge(Company with { Status = new StatusReference(List + 1, ValidIndex) }));
        var ofAnother = _issuer.Content() with { StatusLists = [Snapshot(Now) with { Issuer = "NL" }] };
        Assert.Equal("undetermined: status_unknown", _issuer.Judge(content: ofAnother));
    }

    [Fact]
    public void One_bundle_serves_many_threads_at_once()
    {
        var trust = _issuer.Trust();
        string[] texts = [_issuer.Text(Company), _issuer.Text(Company with { Status = new StatusReference(List, RevokedIndex) })];
        var words = new string[2000];
        Parallel.For(0, words.Length, i => words[i] = Word(OfflineVerifier.Verify(texts[i % 2], trust, Now)));
        Assert.All(words.Index(), word => Assert.Equal(word.Index % 2 == 0 ? "accepted" : "rejected: revoked", word.Item));
    }

    public void Dispose() => _issuer.Dispose();

    private BundleContent WithTerms(Func<IssuerKey, IssuerKey> change) =>
        _issuer.Content() with { Issuers = [Entry(change(_issuer.Key.Terms(Now.AddYears(-1), Now.AddYears(1))))] };
}
