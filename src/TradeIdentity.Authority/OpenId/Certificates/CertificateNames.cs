using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace TradeIdentity.Authority.OpenId.Certificates;

/// <summary>Whether a certificate is of the one subject that a client is registered with (RFC 8705 §2.1.2).</summary>
internal static class CertificateNames
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int MostNames = 200;

    // RFC 5280 §4.2.1.6.
    private static readonly Asn1Tag Email = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Dns = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag Ip = new(TagClass.ContextSpecific, 7);

    public static bool IsOf(ClientMetadata client, X509Certificate2 certificate) => client switch
    {
        { TlsClientAuthSubjectDn: { } name } => DistinguishedName.TryParse(name, out var wanted) && wanted == DistinguishedName.Of(certificate.SubjectName),
        // A name in lower or upper case is the same host; a wildcard is the text that it is, and covers nothing.
        { TlsClientAuthSanDns: { } host } => Read(certificate, Dns).Any(entry => string.Equals(Text(entry), host, StringComparison.OrdinalIgnoreCase)),
        { TlsClientAuthSanUri: { } address } => Read(certificate, Address).Any(entry => Text(entry) == address),
        { TlsClientAuthSanIp: { } ip } => IPAddress.TryParse(ip, out var wanted) && Read(certificate, Ip).Any(entry => entry.AsSpan().SequenceEqual(wanted.GetAddressBytes())),
        { TlsClientAuthSanEmail: { } mailbox } => Read(certificate, Email).Any(entry => IsSameMailbox(Text(entry), mailbox)),
        _ => false,
    };

    // RFC 5280 §7.5: the part after the @ in any case, the one before it as it is.
    private static bool IsSameMailbox(string one, string other) =>
        one.LastIndexOf('@') is > 0 and var at && one.Length == other.Length
        && string.Equals(one[..at], other[..at], StringComparison.Ordinal) && string.Equals(one[at..], other[at..], StringComparison.OrdinalIgnoreCase);

    private static string Text(byte[] entry) => System.Text.Encoding.Latin1.GetString(entry);

    private static List<byte[]> Read(X509Certificate2 certificate, Asn1Tag kind)
    {
        // RFC 5280 §4.2: an extension comes once; of two, readers would differ on which one counts.
        if (certificate.Extensions.Where(extension => extension.Oid?.Value == SubjectAlternativeName).ToArray() is not [{ } names])
        {
            return [];
        }

        try
        {
            List<byte[]> found = [];
            var outer = new AsnReader(names.RawData, AsnEncodingRules.DER);
            var entries = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            for (var count = 0; entries.HasData; count++)
            {
                if (count == MostNames)
                {
                    return [];
                }

                if (entries.PeekTag() == kind)
                {
                    found.Add(entries.ReadOctetString(kind));
                }
                else
                {
                    entries.ReadEncodedValue();
                }
            }

            return found;
        }
        catch (AsnContentException)
        {
            return [];
        }
    }
}
