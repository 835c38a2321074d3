using System.Text.RegularExpressions;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Verification.Tests.Docs;

/// <summary>The example of docs/qr-profile.md is a real credential, and stays one.</summary>
public sealed class QrProfileExampleTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "qr-profile.md"));

    [Fact]
    public void The_text_is_the_message_and_the_message_is_signed_by_the_key()
    {
        var text = Block("ti1");
        var message = new byte[Ti1Text.MaxMessageLength];
        Assert.True(Ti1Text.TryDecode(text, message, out var length));
        Assert.Equal(Block("hex"), Convert.ToHexStringLower(message.AsSpan(0, length)));

        Assert.True(CoseSign1.TryParse(message.AsSpan(0, length), out var sign1));
        var point = Convert.FromHexString(Block("key"));
        Assert.True(P256VerificationKey.TryCreate(point.AsSpan(0, 32), point.AsSpan(32), out var key));
        Assert.Equal(CoseKeyThumbprint.OfP256(point.AsSpan(0, 32), point.AsSpan(32)).AsSpan(0, 8), sign1.KeyId);
        var hash = new byte[32];
        sign1.HashToVerify(hash);
        Assert.True(key.VerifyHash(hash, sign1.Signature));
        Assert.True(CredentialReader.TryRead(sign1.Payload, out var credential));
        Assert.Equal("NL854502130", credential.Tin);
    }

    // The blocks are broken into lines for the eye.
    private static string Block(string language) =>
        Regex.Match(Page, $"```{language}\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value.Replace("\n", "", StringComparison.Ordinal);
}
