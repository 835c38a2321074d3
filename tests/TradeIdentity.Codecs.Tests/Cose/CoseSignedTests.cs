using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using CsCheck;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Tests.Cose;

public class CoseSignedTests
{
    private static readonly SignatureAlgorithm[] Es256 = [SignatureAlgorithm.ES256];

    [Fact]
    public void Verifies_what_the_platform_signs() => Gen.Select(Gen.Byte.Array[0, 500], Gen.Byte.Array[0, 20]).Sample((payload, aad) =>
    {
        using var key = TestKeys.P256();
        using var verification = TestKeys.Verification(key);
        var message = CoseSign1Message.SignEmbedded(payload, new System.Security.Cryptography.Cose.CoseSigner(key, HashAlgorithmName.SHA256), aad);
        return CoseSigned.TryParse(message, out var signed)
            && signed.Payload!.Value.Span.SequenceEqual(payload)
            && signed.Verify(verification, Es256, aad) == SignatureCheck.Valid
            && signed.Verify(verification, Es256, [.. aad, 0]) == SignatureCheck.Invalid
            && signed.Verify(verification, [SignatureAlgorithm.PS256]) == SignatureCheck.AlgorithmNotAllowed;
    }, iter: 30);

    [Fact]
    public void Verifies_rsa_pss_and_says_when_the_key_is_of_another_type()
    {
        using var rsa = RSA.Create(2048);
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        Assert.True(VerificationKey.TryFromRsa(parameters.Modulus, parameters.Exponent, out var key));
        using var verification = key;
        using var other = TestKeys.P256Verification();
        var message = CoseSign1Message.SignEmbedded([1], new System.Security.Cryptography.Cose.CoseSigner(rsa, RSASignaturePadding.Pss, HashAlgorithmName.SHA256));
        Assert.True(CoseSigned.TryParse(message, out var signed));
        Assert.Equal(SignatureCheck.Valid, signed.Verify(verification, [SignatureAlgorithm.PS256]));
        Assert.Equal(SignatureCheck.KeyOfAnotherType, signed.Verify(other, [SignatureAlgorithm.PS256]));
    }

    [Theory]
    [InlineData("D28443A10126A0410040", true)] // tag 18
    [InlineData("8443A10126A0410040", true)] // none
    [InlineData("D83DD28443A10126A0410040", true)] // 61(18)
    [InlineData("9F43A10126A0410040FF", true)] // indefinite length
    [InlineData("D83D8443A10126A0410040", false)] // 61 before no COSE tag (RFC 8392 §6)
    [InlineData("D2D83D8443A10126A0410040", false)] // 18(61)
    [InlineData("D2D28443A10126A0410040", false)]
    [InlineData("D18443A10126A0410040", false)] // a MAC's tag
    [InlineData("D8628443A10126A0410040", false)] // COSE_Sign's tag
    [InlineData("D28443A10126A041004000", false)] // trailing byte
    [InlineData("D28443A10126A04100", false)]
    [InlineData("D28445A201260126A0410040", false)] // alg twice
    [InlineData("D28443A10126A20441000441004100", false)] // kid twice
    [InlineData("D28443A10126A1028101410040", false)] // crit unprotected
    [InlineData("D28445A201260280A0410040", false)] // crit empty
    [InlineData("D2844401260126A0410040", false)] // protected no map
    public void Takes_the_forms_of_the_field_and_no_others(string hex, bool taken) =>
        Assert.Equal(taken, CoseSigned.TryParse(Convert.FromHexString(hex), out _));

    [Theory]
    [InlineData("D28446A20126028104A1044131410040", "crit names kid, which is unprotected")]
    [InlineData("D28447A20126028118FFA0410040", "crit names a label that is not understood")]
    public void Refuses_critical_headers_that_it_does_not_understand(string hex, string why)
    {
        using var key = TestKeys.P256Verification();
        Assert.True(CoseSigned.TryParse(Convert.FromHexString(hex), out var signed), why);
        Assert.Equal(SignatureCheck.UnknownCriticalHeader, signed.Verify(key, Es256));
    }

    [Fact]
    public void Says_that_a_detached_payload_is_not_there()
    {
        using var key = TestKeys.P256Verification();
        Assert.True(CoseSigned.TryParse(Convert.FromHexString("D28443A10126A0F640"), out var signed));
        Assert.Equal(SignatureCheck.NoPayload, signed.Verify(key, Es256));
    }

    [Fact]
    public void Refuses_a_message_that_is_too_deep()
    {
        var deep = new byte[5000];
        Array.Fill(deep, (byte)0x81);
        Assert.False(CoseSigned.TryParse((byte[])[0xD2, 0x84, 0x40, 0xA1, 0x18, 0x63, .. deep, 0x00, 0x40, 0x40], out _));
    }

    [Fact]
    public void Answers_for_arbitrary_bytes() => Gen.Byte.Array[0, 60].Sample(bytes =>
        !CoseSigned.TryParse((byte[])[0xD2, 0x84, .. bytes], out var signed) || signed.Signers.Count == 1, iter: 20_000);

    [Fact]
    public void Refuses_weak_and_oversized_rsa_keys()
    {
        Assert.False(VerificationKey.TryFromRsa(new byte[128], [1, 0, 1], out _));
        Assert.False(VerificationKey.TryFromRsa(new byte[1025], [1, 0, 1], out _));
    }
}
