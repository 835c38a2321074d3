using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TradeIdentity.Authority.OpenId.Certificates;

/// <summary>Who issues the certificates of <c>tls_client_auth</c> clients: those of the configuration, and no authority that the machine trusts for other ends.</summary>
public sealed class ClientCertificateAuthorities
{
    private const int LongestFile = 1024 * 1024;

    // A leaf, three intermediates and a root are more than anybody has.
    private const int LongestChain = 6;

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _roots = [];
    private readonly X509Certificate2Collection _intermediates = [];

    private ClientCertificateAuthorities()
    {
    }

    /// <summary>Nobody: no client authenticates by a certificate that somebody issued.</summary>
    public static ClientCertificateAuthorities None { get; } = new();

    public bool IsAny => _roots.Count > 0;

    /// <param name="pem">Certificates of authorities, one after the other.</param>
    public static Outcome<ClientCertificateAuthorities> Read(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var read = new X509Certificate2Collection();
        try
        {
            if (pem.Length <= LongestFile)
            {
                read.ImportFromPem(pem);
            }
        }
        catch (CryptographicException)
        {
            read.Clear();
        }

        if (read.Count == 0 || read.Any(certificate => !IsAuthority(certificate)))
        {
            return Refused("it must be certificates of authorities, in PEM, and nothing else.");
        }

        var authorities = new ClientCertificateAuthorities();
        foreach (var certificate in read)
        {
            (certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData) ? authorities._roots : authorities._intermediates).Add(certificate);
        }

        return authorities.IsAny ? authorities : Refused("it has no root: a certificate that its authority issued to itself.");
    }

    /// <param name="certificate">Of a client.</param>
    /// <param name="sent">What came with it, to complete the chain; trusted for nothing.</param>
    /// <param name="now">The moment at which all of the chain must be valid.</param>
    public bool Issued(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> sent, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(sent);
        if (!IsAny)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        chain.ChainPolicy.ExtraStore.AddRange(_intermediates);
        chain.ChainPolicy.ExtraStore.AddRange(sent.ToArray());
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // An address in a stranger's certificate must not make this server call it.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        try
        {
            return chain.Build(certificate) && chain.ChainElements.Count is > 1 and <= LongestChain;
        }
        catch (CryptographicException)
        {
            // The platform's word for a certificate that it cannot read.
            return false;
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    internal static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);

    private static Refusal Refused(string detail) => new("configuration_invalid", detail);
}
