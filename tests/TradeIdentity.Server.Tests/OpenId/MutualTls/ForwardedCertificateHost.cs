using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace TradeIdentity.Server.Tests.OpenId.MutualTls;

/// <summary>The server behind a proxy at 127.0.0.1, which alone is trusted.</summary>
public sealed class ForwardedCertificateHost : MutualTlsHost
{
    /// <summary>A request from <paramref name="from"/>, as a proxy forwards it.</summary>
    public Task<HttpResponseMessage> ForwardAsync(string client, string from, params (string Name, string Value)[] headers) =>
        SendAsync(client, from, Http.BaseAddress!, null, [.. headers, ("X-Forwarded-Proto", "https")]);

    /// <summary>The same over TLS, so that nothing else says that the request is secure.</summary>
    public Task<HttpResponseMessage> ForwardByTlsAsync(string client, string from, X509Certificate2? own, params (string Name, string Value)[] headers) =>
        SendAsync(client, from, new Uri(BaseUrl), own, headers);

    private async Task<HttpResponseMessage> SendAsync(string client, string from, Uri server, X509Certificate2? own, (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Issuer == Authority.Root.Subject,
                ClientCertificateContext = own is null ? null : SslStreamCertificateContext.Create(own, [], offline: true),
            },
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = new HttpClient(handler) { BaseAddress = server };
        foreach (var (name, value) in headers)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return await PostAsync(http, "/connect/token", ("grant_type", "client_credentials"), ("client_id", client), ("scope", "operators.read"));
    }

    protected override IReadOnlyList<string> Transport() =>
    [
        "--urls", $"http://127.0.0.1:0;{BaseUrl}", "--MutualTls:Port", $"{Port}",
        "--MutualTls:BaseUrl", Issuer.Replace("http:", "https:", StringComparison.Ordinal), "--MutualTls:ForwardedByProxies", "true", "--Server:TrustedProxies:0", "127.0.0.1", .. Files(),
    ];
}
