using System.Security.Cryptography;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Authority.Tests.Keys;

/// <summary>Encryption keys for tests, through the same door as the configuration's.</summary>
public static class TestKeys
{
    public static KeyEncryptionKey NewEncryptionKey()
    {
        var options = new KeysOptions { EncryptionKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyEncryptionKey.Length)) };
        return KeyEncryptionKey.Load(options, isDevelopment: false, Path.GetTempPath()).Match(key => key, refusal => throw new InvalidOperationException(refusal.Detail));
    }
}
