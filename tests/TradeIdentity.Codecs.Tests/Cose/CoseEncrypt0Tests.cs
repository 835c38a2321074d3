using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using TradeIdentity.Codecs.Cose;

namespace TradeIdentity.Codecs.Tests.Cose;

public class CoseEncrypt0Tests
{
    private static readonly byte[] Key = SHA256.HashData([1]);

    [Fact]
    public void Gives_back_the_plaintext_and_no_changed_bit_does()
    {
        var message = Encrypted("a person"u8);
        Assert.True(CoseEncrypt0.TryParse(message, out var encrypted));
        Assert.True(encrypted.TryDecrypt(Key, out var plaintext));
        Assert.Equal("a person", Encoding.UTF8.GetString(plaintext));
        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            byte[] changed = [.. message];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(CoseEncrypt0.TryParse(changed, out var other) && other.TryDecrypt(Key, out _), $"bit {bit}");
        }
    }

    [Fact]
    public void Refuses_another_key()
    {
        Assert.True(CoseEncrypt0.TryParse(Encrypted([1]), out var encrypted));
        Assert.False(encrypted.TryDecrypt(new byte[32], out var plaintext));
        Assert.Empty(plaintext);
        Assert.False(encrypted.TryDecrypt(new byte[16], out _));
    }

    private static byte[] Encrypted(ReadOnlySpan<byte> plaintext)
    {
        byte[] header = [0xA1, 0x01, 0x03], nonce = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        byte[] aad = [0x83, 0x68, .. "Encrypt0"u8, 0x43, .. header, 0x40];
        byte[] ciphertext = new byte[plaintext.Length], tag = new byte[16];
        using var gcm = new AesGcm(Key, 16);
        gcm.Encrypt(nonce, plaintext, ciphertext, tag, aad);
        var writer = new CborWriter();
        writer.WriteTag((CborTag)16);
        writer.WriteStartArray(3);
        writer.WriteByteString(header);
        writer.WriteStartMap(1);
        writer.WriteInt32(5);
        writer.WriteByteString(nonce);
        writer.WriteEndMap();
        writer.WriteByteString([.. ciphertext, .. tag]);
        writer.WriteEndArray();
        return writer.Encode();
    }
}
