using System.Security.Cryptography.X509Certificates;

namespace TradeIdentity.Server.Hosting.Certificates;

/// <summary>What came with a client's certificate to complete its chain: a feature of the connection, or of a request that a proxy forwards.</summary>
internal sealed class SentCertificates(IReadOnlyList<X509Certificate2> certificates)
{
    /// <summary>More are no chain.</summary>
    public const int Most = 6;

    public static IReadOnlyList<X509Certificate2> Of(HttpContext http) => http.Features.Get<SentCertificates>()?.All ?? [];

    public IReadOnlyList<X509Certificate2> All { get; } = certificates;
}
