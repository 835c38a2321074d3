using TradeIdentity.Codecs.QrText;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests;

/// <summary>Whatever is altered in a credential or a bundle, the answer is a refusal: never accepted, in doubt, or an exception.</summary>
public sealed class AlterationTests : IDisposable
{
    private const string Base45Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private readonly TestIssuer _issuer = new();

    [Fact]
    public void Every_flipped_bit_of_the_message_is_rejected()
    {
        var trust = _issuer.Trust();
        var message = _issuer.Message(Company);
        Assert.Equal("accepted", Word(OfflineVerifier.Verify(Ti1Text.Encode(message), trust, Now)));
        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            byte[] changed = [.. message];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            var verdict = OfflineVerifier.Verify(Ti1Text.Encode(changed), trust, Now);
            Assert.True(verdict is Verdict.Rejected, $"bit {bit}: {Word(verdict)}");
        }
    }

    [Fact]
    public void Every_changed_character_of_the_text_is_rejected()
    {
        var trust = _issuer.Trust();
        var text = _issuer.Text(Company);
        for (var at = 0; at < text.Length; at++)
        {
            // All that a scanner can give in a place, and what a keyboard may add to it.
            foreach (var character in Base45Alphabet + "az\n\0é")
            {
                if (character == text[at])
                {
                    continue;
                }

                var changed = string.Concat(text.AsSpan(0, at), [character], text.AsSpan(at + 1));
                var verdict = OfflineVerifier.Verify(changed, trust, Now);
                Assert.True(verdict is Verdict.Rejected, $"character {at} as '{character}': {Word(verdict)}");
            }
        }
    }

    [Fact]
    public void Every_shorter_text_is_rejected()
    {
        var trust = _issuer.Trust();
        var text = _issuer.Text(Company);
        for (var length = 0; length < text.Length; length++)
        {
            var verdict = OfflineVerifier.Verify(text.AsSpan(0, length), trust, Now);
            Assert.True(verdict is Verdict.Rejected, $"{length} characters: {Word(verdict)}");
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_bundle_is_refused()
    {
        var file = _issuer.File(_issuer.Content());
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] changed = [.. file];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            var failure = TrustBundle.TryLoad(changed, [_issuer.AnchorKey.Anchor], 0, out var bundle);
            Assert.True(failure is BundleFailure.Malformed or BundleFailure.SignatureInvalid && bundle is null, $"bit {bit}: {failure}");
        }
    }

    [Fact]
    public void A_bundle_cut_at_any_byte_is_refused()
    {
        var file = _issuer.File(_issuer.Content());
        Assert.Equal(BundleFailure.Malformed, TrustBundle.TryLoad((byte[])[.. file, 0], [_issuer.AnchorKey.Anchor], 0, out _));
        for (var length = 0; length < file.Length; length++)
        {
            var failure = TrustBundle.TryLoad(file.AsSpan(0, length), [_issuer.AnchorKey.Anchor], 0, out var bundle);
            Assert.True(failure == BundleFailure.Malformed && bundle is null, $"{length} bytes: {failure}");
        }
    }

    public void Dispose() => _issuer.Dispose();
}
