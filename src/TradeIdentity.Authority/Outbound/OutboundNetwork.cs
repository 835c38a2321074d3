using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace TradeIdentity.Authority.Outbound;

/// <summary>How names are resolved and connections made. Whoever tests puts a resolver and a network of its own in place.</summary>
public sealed record OutboundNetwork
{
    /// <summary>All addresses of a name. Throws <see cref="SocketException"/> where there is none.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveAsync { get; init; } = Dns.GetHostAddressesAsync;

    public Func<IPEndPoint, CancellationToken, ValueTask<Stream>> ConnectAsync { get; init; } = ConnectSocketAsync;

    /// <summary>Null: the system's own roots.</summary>
    public RemoteCertificateValidationCallback? ValidateCertificate { get; init; }

    private static async ValueTask<Stream> ConnectSocketAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
