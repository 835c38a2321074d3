using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// The engine's keys as it takes them: the one that signs, then the others that are published (announced, or retired while
/// tokens of theirs are still about); the same of RSA for clients that take no ES256. Read from the database before the first
/// request and again while the server runs, so that every instance notices a rotation.
/// </summary>
internal sealed class OpenIdKeys(SigningKeys keys, RsaSigningKeys rsaKeys, KeyEncryptionKey encryptionKey, TimeProvider time)
{
    private volatile IReadOnlyList<ECDsaSecurityKey> _signing = [];
    private volatile IReadOnlyList<RsaSecurityKey> _rsa = [];

    public IReadOnlyList<ECDsaSecurityKey> Signing => Read(_signing);

    public IReadOnlyList<RsaSecurityKey> Rsa => Read(_rsa);

    public SymmetricSecurityKey Encryption { get; } = new(OpenIdTokenEncryption.DeriveKey(encryptionKey));

    /// <summary>What signs now with <paramref name="algorithm"/>: ES256 or RS256.</summary>
    public SigningCredentials Signer(string algorithm) =>
        new(algorithm == ClientMetadata.RS256 ? Rsa[0] : Signing[0], algorithm);

    /// <summary>Reads the keys, and makes what is missing.</summary>
    /// <returns>Whether they are others than before.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ring = Opened(await keys.RingAsync(cancellationToken));
        if (ring.Signer(KeyPurpose.OpenId, now) is null)
        {
            ring = Opened(await keys.EnsureAsync(cancellationToken));
            // What was made meanwhile signs from a moment after the first look at the clock.
            now = time.GetUtcNow();
        }

        var signer = ring.Signer(KeyPurpose.OpenId, now)
            ?? throw new InvalidOperationException("No key of OpenID Connect signs at this time.");
        SigningKey[] published = [signer, .. ring.Published(KeyPurpose.OpenId, now).Where(key => key != signer).OrderByDescending(key => key.SignsFrom)];
        var rsa = Opened(await rsaKeys.EnsureAsync(cancellationToken));
        if (AreThose(_signing, published.Select(key => key.KidText)) && AreThose(_rsa, rsa.Select(key => key.KidText)))
        {
            return false;
        }

        // A key that stays keeps its object: the token library holds a native handle for each.
        _rsa = [.. rsa.Select(key => _rsa.FirstOrDefault(known => known.KeyId == key.KidText) ?? new RsaSecurityKey(key.ToParameters()) { KeyId = key.KidText })];
        _signing = [.. published.Select(key => _signing.FirstOrDefault(known => known.KeyId == key.KidText) ?? new ECDsaSecurityKey(key.ToECDsa()) { KeyId = key.KidText })];
        return true;
    }

    private static bool AreThose(IEnumerable<SecurityKey> known, IEnumerable<string> kids) =>
        known.Select(key => key.KeyId).SequenceEqual(kids, StringComparer.Ordinal);

    private static IReadOnlyList<TKey> Read<TKey>(IReadOnlyList<TKey> read) =>
        read.Count > 0 ? read : throw new InvalidOperationException("The keys of the OpenID Connect engine were not read.");

    private static T Opened<T>(Outcome<T> outcome)
        where T : notnull =>
        outcome.TryGet(out var opened, out var refusal) ? opened : throw new InvalidOperationException(refusal.Detail);
}
