using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using TradeIdentity.Codecs.Jose;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Tests.Jose;

public class CompactJwsTests
{
    private const int Max = 100_000;
    private static readonly SignatureAlgorithm[] Es256 = [SignatureAlgorithm.ES256];

    [Fact]
    public void Verifies_es256() => Gen.Byte.Array[0, 300].Sample(payload =>
    {
        using var key = TestKeys.P256();
        using var verification = TestKeys.Verification(key);
        using var another = TestKeys.P256Verification();
        var text = CompactJws.Encode("""{"alg":"ES256","kid":"12","typ":"JWT"}"""u8, payload, data => key.SignData(data, HashAlgorithmName.SHA256));
        return CompactJws.TryParse(text, Max, out var jws)
            && jws.Payload.Span.SequenceEqual(payload)
            && (jws.KeyId, jws.Type, jws.Algorithm) == ("12", "JWT", SignatureAlgorithm.ES256)
            && jws.Verify(verification, Es256) == SignatureCheck.Valid
            && jws.Verify(another, Es256) == SignatureCheck.Invalid
            && jws.Verify(verification, [SignatureAlgorithm.RS256]) == SignatureCheck.AlgorithmNotAllowed;
    }, iter: 30);

    [Fact]
    public void Refuses_es256_on_another_curve()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Assert.True(VerificationKey.TryFromPoint(2, point.X, point.Y, out var verification));
        using var disposed = verification;
        var text = CompactJws.Encode("""{"alg":"ES256"}"""u8, [1], data => key.SignData(data, HashAlgorithmName.SHA256));
        Assert.True(CompactJws.TryParse(text, Max, out var jws));
        Assert.Equal(SignatureCheck.KeyOfAnotherType, jws.Verify(verification, Es256));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    public void Verifies_rsa(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        Assert.True(VerificationKey.TryFromRsa(parameters.Modulus, parameters.Exponent, out var key));
        using var verification = key;
        var padding = algorithm == "RS256" ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss;
        var text = CompactJws.Encode(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}"}"""), [1], data => rsa.SignData(data, HashAlgorithmName.SHA256, padding));
        Assert.True(CompactJws.TryParse(text, Max, out var jws));
        Assert.Equal(SignatureCheck.Valid, jws.Verify(verification, [SignatureAlgorithm.RS256, SignatureAlgorithm.PS256]));
        Assert.Equal(SignatureCheck.AlgorithmNotAllowed, jws.Verify(verification, Es256));
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"es256"}""")]
    [InlineData("""{"alg":256}""")]
    [InlineData("{}")]
    public void Verifies_under_no_other_algorithm(string header)
    {
        using var key = TestKeys.P256Verification();
        Assert.True(CompactJws.TryParse(Unsigned(header), Max, out var jws));
        Assert.Equal(SignatureCheck.AlgorithmNotAllowed, jws.Verify(key, Es256));
    }

    [Theory]
    [InlineData("""{"alg":"ES256","alg":"none"}""")]
    [InlineData("""{"alg":"ES256","x":{"a":1,"a":2}}""")]
    [InlineData("""{"alg":"ES256","crit":["exp"]}""")]
    [InlineData("""{"alg":"ES256","b64":false}""")]
    [InlineData("""{"alg":"\ud800"}""")]
    [InlineData("""{"alg":"ES256"} """ + "x")]
    [InlineData("""["ES256"]""")]
    [InlineData("")]
    public void Rejects_headers_that_are_not_plain_objects(string header) => Assert.False(CompactJws.TryParse(Unsigned(header), Max, out _));

    [Theory]
    [InlineData("e30.e30")]
    [InlineData("e30.e30.AA.AA")]
    [InlineData("e30=.e30.AA")]
    [InlineData(" e30.e30.AA")]
    [InlineData("e30.e30.AA\n")]
    [InlineData("e30.e30.AB")] // bits that no byte takes
    [InlineData("e31.e30.AA")]
    [InlineData("e30.e30.A")]
    [InlineData("e30.e3+.AA")]
    [InlineData("..")]
    public void Rejects_texts_in_another_form(string text)
    {
        Assert.True(CompactJws.TryParse("e30.e30.AA", Max, out _));
        Assert.False(CompactJws.TryParse(text, Max, out _));
    }

    [Fact]
    public void Rejects_a_text_that_is_too_long() => Assert.False(CompactJws.TryParse("e30.e30.AA", 9, out _));

    [Fact]
    public void No_changed_character_leaves_a_token_that_verifies()
    {
        using var key = TestKeys.P256();
        using var verification = TestKeys.Verification(key);
        var text = CompactJws.Encode("""{"alg":"ES256"}"""u8, "a claim"u8, data => key.SignData(data, HashAlgorithmName.SHA256));
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var c in "AQgw_.=")
            {
                var changed = $"{text[..at]}{c}{text[(at + 1)..]}";
                Assert.False(changed != text && CompactJws.TryParse(changed, Max, out var jws) && jws.Verify(verification, Es256) == SignatureCheck.Valid, changed);
            }
        }
    }

    private static string Unsigned(string header) => $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30.AA";
}
