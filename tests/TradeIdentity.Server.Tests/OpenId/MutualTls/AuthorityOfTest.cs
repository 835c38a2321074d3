using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TradeIdentity.Server.Tests.OpenId.MutualTls;

/// <summary>A certificate authority of two levels, made for one test run.</summary>
public sealed class AuthorityOfTest : IDisposable
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public AuthorityOfTest(string name = "Example Root")
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Root = Ca($"CN={name}", rootKey).CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var intermediate = Ca($"CN={name} Clients", key).Create(Root, Now.AddDays(-29), Now.AddDays(29), RandomNumberGenerator.GetBytes(8));
        Intermediate = intermediate.CopyWithPrivateKey(key);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    /// <summary>By the root itself.</summary>
    public X509Certificate2 Issue(string subject, Action<SubjectAlternativeNameBuilder>? names = null, int fromDays = -1, int toDays = 1, bool isForServers = false) =>
        Issue(Root, subject, names, fromDays, toDays, isForServers);

    /// <summary>By the authority below the root, which the client has to send.</summary>
    public X509Certificate2 IssueBelow(string subject, Action<SubjectAlternativeNameBuilder>? names = null) => Issue(Intermediate, subject, names, -1, 1, false);

    /// <summary>For an authority, whose name is that of a client.</summary>
    public X509Certificate2 IssueAuthority(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Ca(subject, key).Create(Root, Now.AddDays(-1), Now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    public X509Certificate2 IssueForServer() => Issue("CN=server", names => names.AddIpAddress(IPAddress.Loopback), isForServers: true);

    public static X509Certificate2 SelfSigned(string subject, ECDsa? key = null, int toDays = 1)
    {
        using var ownKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest(subject, key ?? ownKey, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-2), Now.AddDays(toDays));
    }

    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
    }

    private static X509Certificate2 Issue(
        X509Certificate2 issuer, string subject, Action<SubjectAlternativeNameBuilder>? names, int fromDays, int toDays, bool isForServers)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(isForServers ? ServerAuthentication : ClientAuthentication)], false));
        if (names is not null)
        {
            var builder = new SubjectAlternativeNameBuilder();
            names(builder);
            request.CertificateExtensions.Add(builder.Build());
        }

        using var certificate = request.Create(issuer, Now.AddDays(fromDays), Now.AddDays(toDays), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Ca(string subject, ECDsa key)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }
}
