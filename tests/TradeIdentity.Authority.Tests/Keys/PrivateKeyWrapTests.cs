using CsCheck;
using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Authority.Tests.Keys;

public class PrivateKeyWrapTests
{
    private static readonly byte[] Kid = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly KeyEncryptionKey Key = TestKeys.NewEncryptionKey();

    [Fact]
    public void Opens_what_it_wrapped() =>
        Gen.Byte.Array[1, 300].Sample(secret =>
            Assert.Equal(secret, Opened(PrivateKeyWrap.Unwrap(Key, Kid, KeyPurpose.Issuing, PrivateKeyWrap.Wrap(Key, Kid, KeyPurpose.Issuing, secret)))));

    [Fact]
    public void Wraps_the_same_secret_differently_each_time() =>
        Assert.NotEqual(PrivateKeyWrap.Wrap(Key, Kid, KeyPurpose.Issuing, [1]), PrivateKeyWrap.Wrap(Key, Kid, KeyPurpose.Issuing, [1]));

    [Fact]
    public void Another_encryption_key_is_refused_and_the_configuration_key_named()
    {
        var refusal = Refused(PrivateKeyWrap.Unwrap(TestKeys.NewEncryptionKey(), Kid, KeyPurpose.Issuing, Wrapped()));

        Assert.Equal("key_encryption_key_wrong", refusal.Code);
        Assert.Contains("Keys:EncryptionKey", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_kid_is_refused() =>
        Refused(PrivateKeyWrap.Unwrap(Key, [1, 2, 3, 4, 5, 6, 7, 9], KeyPurpose.Issuing, Wrapped()));

    [Theory]
    [InlineData(KeyPurpose.Anchor)]
    [InlineData(KeyPurpose.OpenId)]
    public void Another_purpose_is_refused(KeyPurpose purpose) =>
        Refused(PrivateKeyWrap.Unwrap(Key, Kid, purpose, Wrapped()));

    [Fact]
    public void Any_flipped_bit_is_refused()
    {
        var wrapped = Wrapped();
        for (var bit = 0; bit < wrapped.Length * 8; bit++)
        {
            var tampered = (byte[])wrapped.Clone();
            tampered[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(PrivateKeyWrap.Unwrap(Key, Kid, KeyPurpose.Issuing, tampered));
        }
    }

    [Fact]
    public void Any_shorter_or_longer_text_is_refused()
    {
        var wrapped = Wrapped();
        for (var length = 0; length < wrapped.Length; length++)
        {
            Refused(PrivateKeyWrap.Unwrap(Key, Kid, KeyPurpose.Issuing, wrapped.AsSpan(0, length)));
        }

        Refused(PrivateKeyWrap.Unwrap(Key, Kid, KeyPurpose.Issuing, [.. wrapped, 0]));
    }

    private static byte[] Wrapped() => PrivateKeyWrap.Wrap(Key, Kid, KeyPurpose.Issuing, [10, 20, 30, 40]);

    private static byte[] Opened(Outcome<byte[]> outcome) => outcome.Match(secret => secret, refusal => throw new InvalidOperationException(refusal.Code));

    private static Refusal Refused(Outcome<byte[]> outcome)
    {
        Assert.False(outcome.TryGet(out _, out var refusal));
        return refusal;
    }
}
