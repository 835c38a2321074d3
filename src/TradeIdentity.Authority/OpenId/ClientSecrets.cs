using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// How client secrets are made and kept. A secret made by a machine (256 bits of it) cannot be guessed, so one SHA-256 keeps
/// it; a secret that a person may have chosen is kept with a slow hash, and each of its uses costs a tenth of a second:
/// nothing of it is cached, so that memory never holds what the database does not.
/// </summary>
public static class ClientSecrets
{
    internal const string GeneratedPrefix = "ti1s_";
    private const string FastPrefix = "sha256$";

    // PBKDF2-HMAC-SHA512 with a salt of 128 bits, the library's current format. OWASP's Password Storage Cheat Sheet rates
    // 210,000 rounds of it like 600,000 of PBKDF2-HMAC-SHA256. The count is kept with each hash and can be raised later.
    private static readonly PasswordHasher<object> SlowHash = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    // Whoever sends wrong secrets must not be able to take every core with the slow hash.
    private static readonly SemaphoreSlim SlowHashes = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>A new secret: <c>ti1s_</c> and 256 random bits in base64url. Show it once; it cannot be shown again.</summary>
    public static string Generate()
    {
        Span<byte> bytes = stackalloc byte[32];
        string secret;
        do
        {
            RandomNumberGenerator.Fill(bytes);
            secret = GeneratedPrefix + Base64Url.EncodeToString(bytes);
        }
        while (!MachineMadeSecret.Is(secret)); // one in some hundred looks like words

        return secret;
    }

    /// <summary>What is stored in place of <paramref name="secret"/>.</summary>
    public static string Obfuscate(string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        return MachineMadeSecret.Is(secret) ? FastPrefix + Convert.ToBase64String(Digest(secret)) : SlowHash.HashPassword(secret, secret);
    }

    /// <summary>Whether <paramref name="secret"/> is the one that <paramref name="stored"/> was made of.</summary>
    public static async ValueTask<bool> MatchesAsync(string secret, string stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(stored);
        if (stored.StartsWith(FastPrefix, StringComparison.Ordinal))
        {
            return CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(stored[FastPrefix.Length..]), Digest(secret));
        }

        await SlowHashes.WaitAsync(cancellationToken);
        try
        {
            return SlowHash.VerifyHashedPassword(secret, stored, secret) is not PasswordVerificationResult.Failed;
        }
        finally
        {
            SlowHashes.Release();
        }
    }

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
