using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;

namespace TradeIdentity.Authority.Outbound;

/// <summary>
/// Calls addresses that clients registered, and reaches nothing with them that is not public: https only, every address of
/// the name public, the connection made to one of the addresses that were checked (a second look at the name could answer
/// otherwise), no redirect, no proxy, no cookie; five seconds and 64 KB at most (RFC 9700 §4.11, RFC 7591 §5).
/// </summary>
public sealed class PublicHttp : IDisposable
{
    public const int LongestBody = 64 * 1024;

    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly OutboundNetwork _network;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public PublicHttp(OutboundNetwork network, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, _time) = (network, time);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromSeconds(30),
            ConnectCallback = ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = network.ValidateCertificate },
        });
    }

    /// <summary>The body of a 200 answer. Refused with one text for every cause: it must not tell what this server can reach.</summary>
    public async Task<Outcome<ReadOnlyMemory<byte>>> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var answer = await SendAsync(request, cancellationToken);
        return answer is { Status: HttpStatusCode.OK } ? answer.Body : Unreachable();
    }

    /// <summary>The answer, whatever its status; null where there was none, or a longer one than is read.</summary>
    public async Task<OutboundAnswer?> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestUri is not { IsAbsoluteUri: true } address || address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0)
        {
            return null;
        }

        using var tooLong = new CancellationTokenSource(LongestWait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return await ReadAsync(response.Content, either.Token) is { } body ? new OutboundAnswer(response.StatusCode, body) : null;
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or SocketException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > LongestBody)
        {
            return null;
        }

        var body = new ArrayBufferWriter<byte>();
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        while (await stream.ReadAsync(body.GetMemory(4096), cancellationToken) is var read and > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > LongestBody)
            {
                return null;
            }
        }

        return body.WrittenMemory;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await _network.ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        // One address that is not public is a name that someone turns: none of it is used.
        if (addresses.Length == 0 || !addresses.All(PublicAddresses.Contain))
        {
            throw new HttpRequestException("The address is not public.");
        }

        for (var i = 0; ; i++)
        {
            try
            {
                return await _network.ConnectAsync(new IPEndPoint(addresses[i], context.DnsEndPoint.Port), cancellationToken);
            }
            catch (SocketException) when (i < addresses.Length - 1)
            {
                // The next may answer.
            }
        }
    }

    private static Refusal Unreachable() => new("address_unreachable", "The address does not answer as it should.");
}
