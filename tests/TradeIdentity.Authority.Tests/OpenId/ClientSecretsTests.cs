using System.Security.Cryptography;
using CsCheck;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Authority.Tests.OpenId;

public sealed class ClientSecretsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_generated_secret_is_kept_as_one_hash_and_matches_itself_only()
    {
        var (secret, other) = (ClientSecrets.Generate(), ClientSecrets.Generate());
        var stored = ClientSecrets.Obfuscate(secret);

        Assert.Matches("^ti1s_[A-Za-z0-9_-]{43}$", secret);
        Assert.Matches("^sha256\\$[A-Za-z0-9+/]{43}=$", stored);
        Assert.True(await ClientSecrets.MatchesAsync(secret, stored, Cancellation));
        Assert.False(await ClientSecrets.MatchesAsync(other, stored, Cancellation));
        Assert.False(await ClientSecrets.MatchesAsync("", stored, Cancellation));
    }

    [Fact]
    public void Every_generated_secret_is_recognised_as_made_by_a_machine() =>
        Assert.All(Enumerable.Range(0, 2_000), _ => Assert.StartsWith("sha256$", ClientSecrets.Obfuscate(ClientSecrets.Generate()), StringComparison.Ordinal));

    [Fact]
    public void Random_bytes_in_hexadecimal_are_recognised_too() =>
        Gen.Byte.Array[32].Where(bytes => bytes.Distinct().Count() > 24)
            .Sample(bytes => ClientSecrets.Obfuscate(Convert.ToHexString(bytes)).StartsWith("sha256$", StringComparison.Ordinal));

    [Theory]
    [InlineData("secret")]
    [InlineData("correct horse battery staple correct horse battery staple")]
    [InlineData("CorrectHorseBatteryStapleCorrectHorseBatteryStaple")]
    [InlineData("internationalisation-Organisation-2026-customs")]
    [InlineData("ti1s_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234")]
    public async Task What_a_person_may_have_chosen_is_kept_with_the_slow_hash(string secret)
    {
        var stored = ClientSecrets.Obfuscate(secret);

        // The library's format 1: PRF (2 is HMAC-SHA512), rounds, salt length, each in four bytes, big endian.
        var header = Convert.FromBase64String(stored);
        Assert.Equal(1, header[0]);
        Assert.Equal(2u, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1)));
        Assert.True(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(5)) >= 210_000);
        Assert.True(await ClientSecrets.MatchesAsync(secret, stored, Cancellation));
        Assert.False(await ClientSecrets.MatchesAsync(secret + "x", stored, Cancellation));
        Assert.NotEqual(stored, ClientSecrets.Obfuscate(secret));
    }

    [Fact]
    public async Task The_stored_form_is_not_itself_a_secret()
    {
        var stored = ClientSecrets.Obfuscate(ClientSecrets.Generate());
        Assert.False(await ClientSecrets.MatchesAsync(stored, stored, Cancellation));
        Assert.NotEqual(stored, "sha256$" + Convert.ToBase64String(SHA256.HashData([])));
    }
}
