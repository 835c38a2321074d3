using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TradeIdentity.Authority.OpenId.Registration;

namespace TradeIdentity.Authority.OpenId.Certificates;

/// <summary>
/// Whether a certificate, whose key the client proved to hold in the TLS handshake, authenticates that client (RFC 8705 §2):
/// issued by an authority of the configuration to the subject of its registration, or registered itself.
/// </summary>
public sealed class CheckClientCertificate(ClientCertificateAuthorities authorities, ClientKeys keys, TimeProvider time)
{
    private const int LongestCertificate = 16 * 1024;
    private const int ShortestRsaKey = 2048;

    /// <param name="application">As the engine's application manager gives it.</param>
    /// <param name="certificate">Of the connection.</param>
    /// <param name="sent">The other certificates that came with it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask<bool> ExecuteAsync(object application, X509Certificate2 certificate, IReadOnlyList<X509Certificate2> sent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var client = ClientMetadata.Of(application);
        var now = time.GetUtcNow();
        if (certificate.RawDataMemory.Length > LongestCertificate || now < certificate.NotBefore || now > certificate.NotAfter || HasShortKey(certificate))
        {
            return false;
        }

        return client.TokenEndpointAuthMethod switch
        {
            // An authority's own certificate is nobody's at the other end of a connection.
            ClientAuthentication.TlsClientAuth => !ClientCertificateAuthorities.IsAuthority(certificate) && CertificateNames.IsOf(client, certificate) && authorities.Issued(certificate, sent, now),
            ClientAuthentication.SelfSignedTlsClientAuth => await IsRegisteredAsync(application, certificate, cancellationToken),
            _ => false,
        };
    }

    // §2.2.2: the certificate itself, in x5c; a key alone is not one.
    private async ValueTask<bool> IsRegisteredAsync(object application, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        // A name that no key has makes the keys at jwks_uri be read anew, once a minute at most: the client may have a new certificate.
        const string Unknown = "";
        return await HasAsync(kid: null) || await HasAsync(Unknown);

        async ValueTask<bool> HasAsync(string? kid) =>
            await keys.OfAsync(application, kid, cancellationToken) is { } set
            && set.Keys.Any(key => key.X5c is [{ } first, ..] && ClientKeySet.TryReadCertificate(first) is { } registered && registered.AsSpan().SequenceEqual(certificate.RawData));
    }

    private static bool HasShortKey(X509Certificate2 certificate)
    {
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            return rsa is { KeySize: < ShortestRsaKey };
        }
        catch (CryptographicException)
        {
            return true;
        }
    }
}
