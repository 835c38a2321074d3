using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>Who may state what a piece of software is (RFC 7591 §2.3): the issuer of its statements, and the keys that sign them.</summary>
public sealed class SoftwarePublisher
{
    private SoftwarePublisher(string issuer, JsonWebKeySet keys) => (Issuer, Keys) = (issuer, keys);

    public string Issuer { get; }

    internal JsonWebKeySet Keys { get; }

    public static Outcome<SoftwarePublisher> Create(string? issuer, string? keys) =>
        issuer is not { Length: > 0 and <= 2048 } ? new Refusal("configuration_invalid", "Issuer is required.")
        : string.IsNullOrEmpty(keys) || ClientKeySet.Read(keys) is not { } set ? new Refusal("configuration_invalid", "JsonWebKeySet must be a JWK set of public EC P-256 or RSA keys of 2048 bits or more.")
        : new SoftwarePublisher(issuer, set);
}
