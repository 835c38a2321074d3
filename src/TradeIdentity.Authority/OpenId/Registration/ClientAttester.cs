using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>Who may attest that a piece of software is a client of this server: the keys that sign its attestations.</summary>
public sealed class ClientAttester
{
    private ClientAttester(string issuer, JsonWebKeySet keys, IReadOnlyList<string> clients) => (Issuer, Keys, Clients) = (issuer, keys, clients);

    /// <summary>Its name; where an attestation says who issued it, it says this.</summary>
    public string Issuer { get; }

    public JsonWebKeySet Keys { get; }

    /// <summary>The clients of which it may speak; empty for all that authenticate so.</summary>
    public IReadOnlyList<string> Clients { get; }

    public static Outcome<ClientAttester> Create(string? issuer, string? keys, IReadOnlyList<string> clients) =>
        issuer is not { Length: > 0 and <= 2048 } ? new Refusal("configuration_invalid", "Issuer is required.")
        : string.IsNullOrEmpty(keys) || ClientKeySet.Read(keys) is not { } set ? new Refusal("configuration_invalid", "JsonWebKeySet must be a JWK set of public EC P-256 or RSA keys of 2048 bits or more.")
        : new ClientAttester(issuer, set, clients);

    public bool MayAttest(string clientId) => Clients.Count == 0 || Clients.Contains(clientId);
}
