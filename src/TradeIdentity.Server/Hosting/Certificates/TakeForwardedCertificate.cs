using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace TradeIdentity.Server.Hosting.Certificates;

/// <summary>
/// The certificate of a client whose TLS ends at a proxy: <c>Client-Cert</c> and <c>Client-Cert-Chain</c> (RFC 9440), from the
/// trusted proxies alone and where the configuration says that they send it (and so take away what a client wrote, §4). From
/// anybody else nobody ever sees these headers. Before all else: it looks at who really is connected.
/// </summary>
internal sealed class TakeForwardedCertificate(RequestDelegate next, MutualTlsSettings settings, TrustedProxies proxies)
{
    private const string Header = "Client-Cert";
    private const string ChainHeader = "Client-Cert-Chain";

    // Certificates of clients have two kilobytes; all headers together have sixteen.
    private const int LongestCertificate = 8 * 1024;

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var (certificate, chain) = (headers[Header], headers[ChainHeader]);
        headers.Remove(Header);
        headers.Remove(ChainHeader);
        if (!settings.ForwardedByProxies || !proxies.Include(context.Connection.RemoteIpAddress))
        {
            return next(context);
        }

        if (!TryRead(certificate, chain, out var forwarded, out var sent))
        {
            // Not passed over: it would be another request than the one that the client made.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync($"{Header} or {ChainHeader} is not as RFC 9440 has it.", context.RequestAborted);
        }

        // Also where there is none: the connection's own would be the proxy's.
        context.Features.Set<ITlsConnectionFeature>(new Forwarded(forwarded));
        context.Features.Set(new SentCertificates(sent));
        return next(context);
    }

    private static bool TryRead(StringValues header, StringValues chainHeader, out X509Certificate2? certificate, out IReadOnlyList<X509Certificate2> sent)
    {
        (certificate, sent) = (null, []);
        if (header.Count == 0)
        {
            // §2.3: no chain without a certificate.
            return chainHeader.Count == 0;
        }

        if (header is not [{ } one] || (certificate = Read(one)) is null)
        {
            return false;
        }

        // RFC 8941 §3.1: a list may come in several lines.
        var all = chainHeader.SelectMany(line => (line ?? "").Split(',')).Select(item => Read(item.Trim(' ', '\t'))).Take(SentCertificates.Most + 1).ToArray();
        if (all.Length > SentCertificates.Most || all.Any(read => read is null))
        {
            return false;
        }

        sent = all!;
        return true;
    }

    // RFC 8941 §3.3.5: a byte sequence, without parameters.
    private static X509Certificate2? Read(string item)
    {
        if (item.Length is < 4 or > LongestCertificate || item is not [':', .. var base64, ':'] || !base64.All(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '='))
        {
            return null;
        }

        var der = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, der, out var length))
        {
            return null;
        }

        try
        {
            var certificate = X509CertificateLoader.LoadCertificate(der.AsSpan(0, length));
            // The loader reads PEM too, and passes over what follows; the header holds one certificate in DER.
            return certificate.RawDataMemory.Span.SequenceEqual(der.AsSpan(0, length)) ? certificate : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed class Forwarded(X509Certificate2? certificate) : ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; } = certificate;

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
    }
}
