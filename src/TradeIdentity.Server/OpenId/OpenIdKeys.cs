using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// The keys of the engine in memory, as the database has them: the first signing key signs, all are published. Put here
/// before the first request; a later change takes effect when the engine's options are read anew.
/// </summary>
public sealed class OpenIdKeys
{
    private volatile IReadOnlyList<ECDsaSecurityKey> _signing = [];
    private volatile SymmetricSecurityKey? _encryption;

    internal IReadOnlyList<ECDsaSecurityKey> Signing =>
        _signing is { Count: > 0 } keys ? keys : throw new InvalidOperationException("No signing key of the OpenID Connect engine was loaded.");

    internal SymmetricSecurityKey Encryption =>
        _encryption ?? throw new InvalidOperationException("No encryption key of the OpenID Connect engine was loaded.");

    /// <param name="signing">P-256 keys with their key ids; the first signs, the others are published because tokens of theirs are still about.</param>
    /// <param name="encryption">256 bits, the same on every instance: what only this server reads (codes, refresh tokens) is encrypted with it.</param>
    public void Use(IReadOnlyList<ECDsaSecurityKey> signing, ReadOnlySpan<byte> encryption)
    {
        _signing = [.. signing];
        _encryption = new SymmetricSecurityKey(encryption.ToArray());
    }
}
