namespace TradeIdentity.Authority.Keys;

/// <summary>What a signing key is for. A key never serves two purposes.</summary>
public enum KeyPurpose
{
    /// <summary>Signs credentials.</summary>
    Issuing,

    /// <summary>Signs the trust bundle; its public key is what posts pin.</summary>
    Anchor,

    /// <summary>Signs tokens of OpenID Connect.</summary>
    OpenId,
}
