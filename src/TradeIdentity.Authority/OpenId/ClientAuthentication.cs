using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants.ClientAuthenticationMethods;

namespace TradeIdentity.Authority.OpenId;

/// <summary>What each way to authenticate at the token endpoint asks of a registration.</summary>
public static class ClientAuthentication
{
    /// <summary>RFC 7591 §2: a public client.</summary>
    public const string None = "none";

    /// <summary>Attestation-based client authentication, draft 10 §8.</summary>
    public const string AttestJwtClientAuth = "attest_jwt_client_auth";

    public const string TlsClientAuth = "tls_client_auth";
    public const string SelfSignedTlsClientAuth = "self_signed_tls_client_auth";

    /// <param name="method">Null where nothing was said: RFC 7591 §2, <c>client_secret_basic</c>.</param>
    internal static bool NeedsSecret(string? method) => method is null or ClientSecretBasic or ClientSecretPost;

    internal static bool NeedsKeys(string method) => method is PrivateKeyJwt or SelfSignedTlsClientAuth;

    internal static string ClientType(string method) =>
        method == None ? OpenIddictConstants.ClientTypes.Public : OpenIddictConstants.ClientTypes.Confidential;
}
