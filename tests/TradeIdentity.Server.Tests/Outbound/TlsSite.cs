using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TradeIdentity.Authority.Outbound;

namespace TradeIdentity.Server.Tests.Outbound;

/// <summary>A site of somebody else over TLS, and a network in which every name leads to it.</summary>
internal sealed class TlsSite : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = Certificate();
    private WebApplication? _site;

    public OutboundNetwork Network => new()
    {
        ResolveAsync = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("9.9.9.9")]),
        ConnectAsync = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(_site!.Urls.Single()).Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
        ValidateCertificate = (_, shown, _, _) => shown?.GetCertHashString() == _certificate.GetCertHashString(),
    };

    public async Task StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _site = builder.Build();
        _site.Run(answer);
        await _site.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }

        _certificate.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=site.example", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
