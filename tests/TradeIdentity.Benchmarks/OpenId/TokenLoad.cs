using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>Asks a server for tokens on 16 connections that stay open, each asking again as soon as it was answered.</summary>
internal sealed class TokenLoad(string clientId, string secret, string scope)
{
    private const int Connections = 16;

    private readonly byte[] _form = Encoding.ASCII.GetBytes(
        $"grant_type=client_credentials&client_id={Uri.EscapeDataString(clientId)}&client_secret={Uri.EscapeDataString(secret)}&scope={Uri.EscapeDataString(scope)}");

    /// <returns>Requests answered in each whole second.</returns>
    public async Task<IEnumerable<double>> RunAsync(Uri server, TimeSpan duration)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        using var client = new HttpMessageInvoker(handler);
        var endpoint = new Uri(server, "/connect/token");
        var answered = new int[(int)duration.TotalSeconds];
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < duration)
            {
                await AskAsync(client, endpoint);
                Interlocked.Increment(ref answered[Math.Min((int)elapsed.TotalSeconds, answered.Length - 1)]);
            }
        })));
        return answered.Select(count => (double)count);
    }

    private async Task AskAsync(HttpMessageInvoker client, Uri endpoint)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new ByteArrayContent(_form) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } },
        };
        using var response = await client.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsByteArrayAsync();
        if (response.StatusCode != HttpStatusCode.OK || body.AsSpan().IndexOf("\"access_token\""u8) < 0)
        {
            throw new InvalidOperationException($"{endpoint} answered {response.StatusCode}: {Encoding.UTF8.GetString(body)}");
        }
    }
}
