using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TradeIdentity.Authority.Outbound;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>What the suite publishes for the server to fetch, and where it is called: one site over TLS, under every name.</summary>
internal sealed class SuiteSite : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = Certificate();
    private readonly Channel<IFormCollection> _posted = Channel.CreateUnbounded<IFormCollection>();
    private WebApplication? _site;

    /// <summary>JSON by its path.</summary>
    public ConcurrentDictionary<string, string> Documents { get; } = new(StringComparer.Ordinal);

    /// <summary>Forms that came, in their order.</summary>
    public ChannelReader<IFormCollection> Posted => _posted.Reader;

    /// <summary>A network in which every name leads here.</summary>
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

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _site = builder.Build();
        _site.Run(AnswerAsync);
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

    private async Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            await _posted.Writer.WriteAsync(await context.Request.ReadFormAsync(context.RequestAborted), context.RequestAborted);
        }
        else if (Documents.TryGetValue(context.Request.Path, out var document))
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(document, context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=suite.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
