using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using CsCheck;
using TradeIdentity.Codecs.Cose;
using PlatformSigner = System.Security.Cryptography.Cose.CoseSigner;

namespace TradeIdentity.Codecs.Tests.Cose;

/// <summary>Our COSE_Sign1 beside the platform's, which shares no code with it: each verifies what the other wrote.</summary>
public sealed class PlatformCoseTests : IDisposable
{
    private static readonly byte[] KeyId = [1, 2, 3, 4, 5, 6, 7, 8];

    private readonly ECDsa _key = TestKeys.P256();

    [Fact]
    public void The_platform_verifies_what_we_write() => Gen.Byte.Array[0, 1000].Sample(payload =>
    {
        var message = CoseMessage.DecodeSign1(Ours(payload));
        lock (_key)
        {
            Assert.True(message.VerifyEmbedded(_key));
        }

        Assert.Equal(payload, message.Content!.Value.ToArray());
        Assert.Equal(KeyId, message.ProtectedHeaders[CoseHeaderLabel.KeyIdentifier].GetValueAsBytes());
        Assert.Equal("ti1", message.ProtectedHeaders[new CoseHeaderLabel(16)].GetValueAsString());
        Assert.Empty(message.UnprotectedHeaders);
    }, iter: 50);

    [Fact]
    public void We_verify_what_the_platform_writes() => Gen.Byte.Array[0, 1000].Sample(payload =>
    {
        var theirs = Theirs(payload);
        Assert.True(CoseSign1.TryParse(theirs, out var message));
        Assert.True(message.Payload.SequenceEqual(payload));
        Assert.True(message.KeyId.SequenceEqual(KeyId));
        Assert.True(message.Type.SequenceEqual("ti1"u8));
        var hash = new byte[32];
        message.HashToVerify(hash);
        lock (_key)
        {
            Assert.True(_key.VerifyHash(hash, message.Signature));
        }

        // But for the signature, which is random, both write the same bytes.
        Assert.Equal(theirs[..^CoseSign1.SignatureLength], Ours(payload)[..^CoseSign1.SignatureLength]);
    }, iter: 50);

    [Fact]
    public void Neither_verifies_an_altered_payload()
    {
        var ours = Ours("a credential"u8.ToArray());
        var theirs = Theirs("a credential"u8.ToArray());
        var at = ours.AsSpan().IndexOf("credential"u8);
        ours[at] ^= 1;
        theirs[at] ^= 1;
        Assert.False(CoseMessage.DecodeSign1(ours).VerifyEmbedded(_key));
        Assert.True(CoseSign1.TryParse(theirs, out var message));
        var hash = new byte[32];
        message.HashToVerify(hash);
        Assert.False(_key.VerifyHash(hash, message.Signature));
    }

    public void Dispose() => _key.Dispose();

    private byte[] Ours(byte[] payload)
    {
        var header = CoseSign1.EncodeProtectedHeader(KeyId, "ti1");
        var hash = new byte[32];
        CoseSign1.HashToSign(header, payload, hash);
        lock (_key)
        {
            return CoseSign1.Encode(header, payload, _key.SignHash(hash));
        }
    }

    private byte[] Theirs(byte[] payload)
    {
        var headers = new CoseHeaderMap
        {
            { CoseHeaderLabel.KeyIdentifier, CoseHeaderValue.FromBytes(KeyId) },
            { new CoseHeaderLabel(16), CoseHeaderValue.FromString("ti1") },
        };
        lock (_key)
        {
            return CoseSign1Message.SignEmbedded(payload, new PlatformSigner(_key, HashAlgorithmName.SHA256, headers));
        }
    }
}
