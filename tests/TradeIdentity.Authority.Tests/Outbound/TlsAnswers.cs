using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TradeIdentity.Authority.Outbound;

namespace TradeIdentity.Authority.Tests.Outbound;

/// <summary>
/// A TLS server on this machine that gives the n-th connection the n-th answer, and every further one the last; an empty one
/// is silence. Its network leads every name to it, under a public address.
/// </summary>
internal sealed class TlsAnswers : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly X509Certificate2 _certificate;
    private readonly string[] _answers;
    private readonly Task _serving;
    private int _connections;

    public TlsAnswers(params string[] answers)
    {
        _answers = answers;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        _certificate = new CertificateRequest("CN=client.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _listener.Start();
        _serving = ServeAsync();
    }

    public static IPAddress Public { get; } = IPAddress.Parse("9.9.9.9");

    public int Connections => Volatile.Read(ref _connections);

    public OutboundNetwork Network => new()
    {
        ResolveAsync = (_, _) => Task.FromResult(new[] { Public }),
        ConnectAsync = (_, cancellationToken) => ConnectAsync(cancellationToken),
        ValidateCertificate = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString(),
    };

    public static string Ok(string json) => $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\nConnection: close\r\n\r\n{json}";

    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connections);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_listener.LocalEndpoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving.ContinueWith(_ => { }, TaskScheduler.Default);
        _certificate.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        for (var i = 0; ; i++)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
            await tls.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, _stopping.Token);
            var answer = _answers[Math.Min(i, _answers.Length - 1)];
            if (answer.Length == 0)
            {
                await Task.Delay(Timeout.Infinite, _stopping.Token);
            }

            try
            {
                await tls.WriteAsync(Encoding.UTF8.GetBytes(answer), _stopping.Token);
                await tls.ShutdownAsync();
            }
            catch (IOException)
            {
                // The caller left: it read enough.
            }
        }
    }
}
