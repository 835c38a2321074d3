using System.Security.Cryptography;
using CsCheck;
using TradeIdentity.Codecs.Cose;

namespace TradeIdentity.Codecs.Tests.Cose;

public sealed class CoseSign1Tests : IDisposable
{
    private readonly ECDsa _signer = TestKeys.P256();
    private readonly P256VerificationKey _key;

    public CoseSign1Tests()
    {
        var point = _signer.ExportParameters(includePrivateParameters: false).Q;
        Assert.True(P256VerificationKey.TryCreate(point.X, point.Y, out var key));
        _key = key;
    }

    [Fact]
    public void Gives_back_what_was_signed() => Gen.Byte.Array[0, 2000].Sample(payload =>
        CoseSign1.TryParse(Signed(payload), out var message)
        && message.Payload.SequenceEqual(payload)
        && message.Algorithm == CoseSign1.Es256
        && message.Type.SequenceEqual("ti1"u8)
        && Verifies(message), iter: 100);

    [Fact]
    public void No_changed_bit_leaves_a_message_that_verifies()
    {
        var original = Signed("a credential"u8.ToArray());
        for (var bit = 0; bit < original.Length * 8; bit++)
        {
            byte[] changed = [.. original];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(
                CoseSign1.TryParse(changed, out var message) && message.KeyId.SequenceEqual(new byte[8]) && message.Algorithm == CoseSign1.Es256 && Verifies(message),
                $"bit {bit}");
        }
    }

    [Fact]
    public void Accepts_only_what_it_would_write() => Gen.Select(Gen.Byte.Array[0, 40], Gen.Int[0, 200], Gen.Byte).Sample((payload, where, value) =>
    {
        var original = Signed(payload);
        byte[] changed = [.. original[..(where % original.Length)], value, .. original[(where % original.Length)..]];
        return !CoseSign1.TryParse(changed, out var message)
            || CoseSign1.Encode(message.ProtectedHeader, message.Payload, message.Signature).AsSpan().SequenceEqual(changed);
    }, iter: 500);

    [Fact]
    public void Rejects_trailing_bytes_a_missing_tag_and_an_unprotected_header()
    {
        var original = Signed([1]);
        var unprotected = Array.IndexOf(original, (byte)0xA0);
        Assert.True(CoseSign1.TryParse(original, out _));
        Assert.False(CoseSign1.TryParse((byte[])[.. original, 0], out _));
        Assert.False(CoseSign1.TryParse(original.AsSpan(1), out _));
        Assert.False(CoseSign1.TryParse((byte[])[.. original[..unprotected], 0xA1, 0x04, 0x40, .. original[(unprotected + 1)..]], out _));
    }

    [Fact]
    public void Verifies_in_many_threads_at_once()
    {
        var hash = SHA256.HashData([1]);
        var signature = _signer.SignHash(hash);
        var right = 0;
        Parallel.For(0, 500, _ => Interlocked.Add(ref right, _key.VerifyHash(hash, signature) ? 1 : 0));
        Assert.Equal(500, right);
    }

    [Fact]
    public void Rejects_a_point_off_the_curve_and_other_lengths()
    {
        var point = _signer.ExportParameters(includePrivateParameters: false).Q;
        byte[] off = [.. point.Y!];
        off[31] ^= 1;
        Assert.False(P256VerificationKey.TryCreate(point.X, off, out _));
        Assert.False(P256VerificationKey.TryCreate(new byte[32], new byte[32], out _));
        Assert.False(P256VerificationKey.TryCreate(point.X.AsSpan(1), point.Y, out _));
        Assert.False(_key.VerifyHash(new byte[32], new byte[63]));
        Assert.False(_key.VerifyHash(new byte[31], new byte[64]));
    }

    public void Dispose()
    {
        _key.Dispose();
        _signer.Dispose();
    }

    private byte[] Signed(byte[] payload)
    {
        var header = CoseSign1.EncodeProtectedHeader(new byte[8], "ti1");
        var hash = new byte[32];
        CoseSign1.HashToSign(header, payload, hash);
        lock (_signer)
        {
            return CoseSign1.Encode(header, payload, _signer.SignHash(hash));
        }
    }

    private bool Verifies(CoseSign1 message)
    {
        var hash = new byte[32];
        message.HashToVerify(hash);
        return _key.VerifyHash(hash, message.Signature);
    }
}
