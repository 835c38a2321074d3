using System.Security.Cryptography;
using OpenIddict.Abstractions;
using static TradeIdentity.Authority.OpenId.ClientMetadataNames;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>The token with which a client manages its own registration (RFC 7592 §3), kept as a digest in its settings.</summary>
internal static class RegistrationAccess
{
    /// <summary>Gives the client a new token; the one before it is worth nothing from the moment that this is stored.</summary>
    public static string Renew(OpenIddictApplicationDescriptor client)
    {
        var token = OpaqueToken.New(OpaqueToken.RegistrationAccess);
        client.Settings[RegistrationAccessTokenHash] = Convert.ToBase64String(OpaqueToken.Digest(OpaqueToken.RegistrationAccess, token)!);
        return token;
    }

    /// <summary>Whether the token is that client's own.</summary>
    public static bool Opens(OpenIdApplication? application, string? token)
    {
        // The same work whether the client exists or not.
        var expected = application is not null && application.Settings.TryGetValue(RegistrationAccessTokenHash, out var stored)
            ? Convert.FromBase64String(stored)
            : new byte[SHA256.HashSizeInBytes];
        return OpaqueToken.Digest(OpaqueToken.RegistrationAccess, token) is { } digest && CryptographicOperations.FixedTimeEquals(digest, expected);
    }

    public static RegisteredClient Answer(OpenIdApplication application, string? newSecret, string token)
    {
        var json = WriteClientMetadata.Execute(application);
        if (newSecret is not null)
        {
            json["client_secret"] = newSecret;
            // RFC 7591 §3.2.1: it does not expire.
            json["client_secret_expires_at"] = 0;
        }

        json["registration_access_token"] = token;
        return new RegisteredClient(application.ClientId!, json, token);
    }
}
