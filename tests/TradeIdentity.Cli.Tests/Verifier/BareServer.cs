using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TradeIdentity.Cli.Tests.Verifier;

/// <summary>Answers one connection with bytes that no framework would send.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _answering;

    internal BareServer(string statusLine, byte[] body)
    {
        _listener.Start();
        _answering = AnswerAsync(Encoding.Latin1.GetBytes($"{statusLine}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), body);
    }

    internal string Address => $"http://{_listener.LocalEndpoint}";

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await ((Task)_answering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AnswerAsync(byte[] head, byte[] body)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync(head);
        await stream.WriteAsync(body);
    }
}
