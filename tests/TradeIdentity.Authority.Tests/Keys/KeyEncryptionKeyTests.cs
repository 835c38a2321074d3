using System.Security.Cryptography;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Authority.Tests.Keys;

public sealed class KeyEncryptionKeyTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Outside_development_a_missing_key_is_refused_by_its_name() =>
        Assert.Contains("Keys:EncryptionKey is missing", Refused(new KeysOptions(), isDevelopment: false).Detail, StringComparison.Ordinal);

    [Fact]
    public void Outside_development_a_missing_file_is_refused_and_not_created()
    {
        var refusal = Refused(new KeysOptions { EncryptionKeyFile = "key" }, isDevelopment: false);

        Assert.Contains("Keys:EncryptionKeyFile", refusal.Detail, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Theory]
    [InlineData("not base64 at all")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_key_that_is_not_32_bytes_is_refused(string key) =>
        Assert.Equal("Keys:EncryptionKey must be 32 bytes in Base64.", Refused(new KeysOptions { EncryptionKey = key }, isDevelopment: true).Detail);

    [Fact]
    public void In_development_the_file_is_created_for_its_owner_alone_and_found_again()
    {
        var first = Loaded(new KeysOptions(), isDevelopment: true);
        var second = Loaded(new KeysOptions(), isDevelopment: true);

        var file = Assert.Single(Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.True(AreTheSame(first, second));
    }

    [Fact]
    public async Task Instances_that_create_the_file_at_once_take_the_same_key()
    {
        var options = new KeysOptions { EncryptionKeyFile = "keys/encryption.key" };

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Loaded(options, isDevelopment: true))));

        Assert.All(keys, key => Assert.True(AreTheSame(keys[0], key)));
        Assert.Single(Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_file_may_end_with_a_line_break_and_the_key_itself_wins_over_it()
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        File.WriteAllText(Path.Combine(_root, "key"), key + "\n");

        var ofFile = Loaded(new KeysOptions { EncryptionKeyFile = "key" }, isDevelopment: false);
        var ofKey = Loaded(new KeysOptions { EncryptionKeyFile = "absent", EncryptionKey = key }, isDevelopment: false);

        Assert.True(AreTheSame(ofFile, ofKey));
    }

    private static bool AreTheSame(KeyEncryptionKey one, KeyEncryptionKey other)
    {
        byte[] kid = [1, 2, 3, 4, 5, 6, 7, 8];
        return PrivateKeyWrap.Unwrap(other, kid, KeyPurpose.Anchor, PrivateKeyWrap.Wrap(one, kid, KeyPurpose.Anchor, [1])).TryGet(out _, out _);
    }

    private KeyEncryptionKey Loaded(KeysOptions options, bool isDevelopment) =>
        KeyEncryptionKey.Load(options, isDevelopment, _root).Match(key => key, refusal => throw new InvalidOperationException(refusal.Detail));

    private Refusal Refused(KeysOptions options, bool isDevelopment)
    {
        Assert.False(KeyEncryptionKey.Load(options, isDevelopment, _root).TryGet(out _, out var refusal));
        return refusal;
    }
}
