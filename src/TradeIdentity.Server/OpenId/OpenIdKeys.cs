using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// The engine's keys as it takes them: the one that signs, then the others that are published (announced, or retired while
/// tokens of theirs are still about). Read from the database before the first request and again while the server runs, so
/// that every instance notices a rotation.
/// </summary>
internal sealed class OpenIdKeys(SigningKeys keys, KeyEncryptionKey encryptionKey, TimeProvider time)
{
    private volatile IReadOnlyList<ECDsaSecurityKey> _signing = [];

    public IReadOnlyList<ECDsaSecurityKey> Signing =>
        _signing is { Count: > 0 } read ? read : throw new InvalidOperationException("The keys of the OpenID Connect engine were not read.");

    public SymmetricSecurityKey Encryption { get; } = new(OpenIdTokenEncryption.DeriveKey(encryptionKey));

    /// <summary>Reads the keys, and makes what is missing.</summary>
    /// <returns>Whether they are others than before.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ring = Ring(await keys.RingAsync(cancellationToken));
        if (ring.Signer(KeyPurpose.OpenId, now) is null)
        {
            ring = Ring(await keys.EnsureAsync(cancellationToken));
        }

        var signer = ring.Signer(KeyPurpose.OpenId, now)
            ?? throw new InvalidOperationException("No key of OpenID Connect signs at this time.");
        SigningKey[] published = [signer, .. ring.Published(KeyPurpose.OpenId, now).Where(key => key != signer).OrderByDescending(key => key.SignsFrom)];
        var before = _signing;
        if (before.Select(key => key.KeyId).SequenceEqual(published.Select(key => key.KidText), StringComparer.Ordinal))
        {
            return false;
        }

        // A key that stays keeps its object: the token library holds a native handle for each.
        _signing = [.. published.Select(key => before.FirstOrDefault(known => known.KeyId == key.KidText) ?? new ECDsaSecurityKey(key.ToECDsa()) { KeyId = key.KidText })];
        return true;
    }

    private static KeyRing Ring(TradeIdentity.Authority.Outcome<KeyRing> outcome) =>
        outcome.TryGet(out var ring, out var refusal) ? ring : throw new InvalidOperationException(refusal.Detail);
}
