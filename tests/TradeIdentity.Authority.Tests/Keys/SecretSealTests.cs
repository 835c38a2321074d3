using System.Security.Cryptography;
using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Authority.Tests.Keys;

public sealed class SecretSealTests
{
    private static readonly byte[] Secret = [1, 2, 3];

    [Fact]
    public void What_was_sealed_opens_for_its_owner_purpose_and_key_and_for_no_other()
    {
        var key = TestKeys.NewEncryptionKey();
        var seal = new SecretSeal(key, "purpose");
        var envelope = seal.Seal("ada", Secret);

        Assert.Equal(Secret, new SecretSeal(key, "purpose").Open("ada", envelope));
        Assert.NotEqual(envelope, seal.Seal("ada", Secret));
        Assert.Throws<CryptographicException>(() => seal.Open("ben", envelope));
        Assert.Throws<CryptographicException>(() => new SecretSeal(key, "another").Open("ada", envelope));
        Assert.Throws<CryptographicException>(() => new SecretSeal(TestKeys.NewEncryptionKey(), "purpose").Open("ada", envelope));
    }

    [Fact]
    public void An_envelope_with_any_bit_changed_or_cut_anywhere_does_not_open()
    {
        var seal = new SecretSeal(TestKeys.NewEncryptionKey(), "purpose");
        var envelope = seal.Seal("ada", Secret);
        for (var bit = 0; bit < envelope.Length * 8; bit++)
        {
            var changed = envelope.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<CryptographicException>(() => seal.Open("ada", changed));
        }

        for (var length = 0; length < envelope.Length; length++)
        {
            Assert.Throws<CryptographicException>(() => seal.Open("ada", envelope.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_hash_tells_equal_values_of_one_owner_under_one_key()
    {
        var key = TestKeys.NewEncryptionKey();
        var seal = new SecretSeal(key, "purpose");
        Assert.Equal(seal.Hash("ada", "x"), new SecretSeal(key, "purpose").Hash("ada", "x"));
        byte[][] others = [seal.Hash("ada", "y"), seal.Hash("ben", "x"), seal.Hash("adax", ""), new SecretSeal(key, "another").Hash("ada", "x"), new SecretSeal(TestKeys.NewEncryptionKey(), "purpose").Hash("ada", "x")];
        Assert.DoesNotContain(seal.Hash("ada", "x"), others);
    }
}
