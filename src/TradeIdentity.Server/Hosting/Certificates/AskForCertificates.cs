using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TradeIdentity.Server.Hosting.Certificates;

/// <summary>
/// Asks for a certificate in the TLS handshake at one port, and at no other: a browser that is asked shows its user a choice
/// that means nothing. Any is let in whose key the client holds; whom it authenticates is decided for each request.
/// </summary>
internal static class AskForCertificates
{
    public static void AskAt(this KestrelServerOptions kestrel, int port) =>
        kestrel.ConfigureHttpsDefaults(https => https.OnAuthenticate = (connection, tls) =>
        {
            if (connection.LocalEndPoint is IPEndPoint local && local.Port == port)
            {
                Ask(connection, tls);
            }
        });

    private static void Ask(ConnectionContext connection, SslServerAuthenticationOptions tls)
    {
        tls.ClientCertificateRequired = true;
        // A resumed session has lost the certificates that completed the chain.
        tls.AllowTlsResume = false;
        // The platform looks for a chain before it asks us: it shall call nobody for it, and trust nobody.
        tls.CertificateChainPolicy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        };
        tls.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            if (certificate is not null && chain is not null)
            {
                var leaf = certificate.GetRawCertData();
                connection.Features.Set(new SentCertificates([.. chain.ChainPolicy.ExtraStore
                    .Where(sent => !sent.RawDataMemory.Span.SequenceEqual(leaf)).Take(SentCertificates.Most)
                    .Select(sent => X509CertificateLoader.LoadCertificate(sent.RawData))]));
            }

            return true;
        };
    }
}
