using System.Net;
using System.Net.Mail;
using TradeIdentity.Authority.OpenId.Certificates;
using static TradeIdentity.Authority.OpenId.ClientMetadataNames;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>What a client says of its certificates (RFC 8705 §2.1.2, §2.2.2, §3.4).</summary>
internal static class CertificateMetadata
{
    private static readonly (string Name, Func<string, bool> IsGood, string Form)[] Subjects =
    [
        (TlsClientAuthSubjectDn, text => DistinguishedName.TryParse(text, out _), "a distinguished name as RFC 4514 writes it"),
        (TlsClientAuthSanDns, text => Uri.CheckHostName(text) == UriHostNameType.Dns && text.All(char.IsAscii), "a host name"),
        (TlsClientAuthSanUri, text => Uri.TryCreate(text, UriKind.Absolute, out _) && text.All(char.IsAscii), "an absolute address"),
        (TlsClientAuthSanIp, text => IPAddress.TryParse(text, out var ip) && string.Equals(ip.ToString(), text, StringComparison.OrdinalIgnoreCase), "an IP address, IPv6 as RFC 5952 writes it"),
        (TlsClientAuthSanEmail, text => MailAddress.TryCreate(text, out var mailbox) && mailbox.Address == text && text.All(char.IsAscii), "a mail address"),
    ];

    public static string? Mistake(ClientMetadataDocument document, string authentication, ClientTerms terms)
    {
        var named = Subjects.Where(subject => document.Text(subject.Name) is not null).ToArray();
        if (named.Length != (authentication == ClientAuthentication.TlsClientAuth ? 1 : 0))
        {
            return "tls_client_auth needs exactly one of the tls_client_auth_ values, and nothing else has one.";
        }

        if (named is [{ } only] && !only.IsGood(document.Text(only.Name)!))
        {
            return $"{only.Name} must be {only.Form}.";
        }

        if (authentication == ClientAuthentication.SelfSignedTlsClientAuth && document.Keys(Jwks) is { } keys && !HasCertificate(keys))
        {
            return "self_signed_tls_client_auth needs the certificate as x5c of a key in jwks.";
        }

        if (!document.Flag(TlsClientCertificateBoundAccessTokens))
        {
            return null;
        }

        return !terms.TakesCertificates ? "tls_client_certificate_bound_access_tokens cannot be: this server takes no certificates of clients."
            : document.Flag(DpopBoundAccessTokens) ? "tls_client_certificate_bound_access_tokens and dpop_bound_access_tokens exclude one another."
            : null;
    }

    private static bool HasCertificate(string keys) =>
        ClientKeySet.Read(keys) is { } set && set.Keys.Any(key => key.X5c is [{ } first, ..] && ClientKeySet.TryReadCertificate(first) is { Length: > 0 });
}
