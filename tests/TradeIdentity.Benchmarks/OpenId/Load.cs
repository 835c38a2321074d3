using System.Diagnostics;
using System.Net;
using System.Text;

namespace TradeIdentity.Benchmarks.OpenId;

/// <summary>Sends requests on 16 connections that stay open, each again as soon as it was answered.</summary>
internal sealed class Load : IDisposable
{
    public const int Connections = 16;

    private readonly HttpMessageInvoker _client = new(
        new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    /// <summary>Asks for the given time.</summary>
    /// <param name="duration">At least a second.</param>
    /// <param name="ask">Does one request of the connection whose number it is given.</param>
    public async Task<Pace> RunAsync(TimeSpan duration, Func<HttpMessageInvoker, int, Task> ask)
    {
        var started = Stopwatch.GetTimestamp();
        return await RunAsync(started, ask, (_, _) => Stopwatch.GetElapsedTime(started) < duration);
    }

    /// <summary>Does each of the jobs once.</summary>
    public async Task<Pace> RunAsync<T>(IReadOnlyList<T> jobs, Func<HttpMessageInvoker, T, Task> ask)
    {
        var next = -1;
        return await RunAsync(
            Stopwatch.GetTimestamp(),
            (client, _) => Interlocked.Increment(ref next) is var job && job < jobs.Count ? ask(client, jobs[job]) : Task.CompletedTask,
            (_, _) => Volatile.Read(ref next) < jobs.Count - 1);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The body of an answer that must be 200.</summary>
    public static async Task<byte[]> PostAsync(HttpMessageInvoker client, Uri endpoint, byte[] form, string? dpop = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new ByteArrayContent(form) { Headers = { ContentType = new("application/x-www-form-urlencoded") } },
        };
        if (dpop is not null)
        {
            request.Headers.TryAddWithoutValidation("DPoP", dpop);
        }

        using var response = await client.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.StatusCode == HttpStatusCode.OK
            ? body
            : throw new InvalidOperationException($"{endpoint} answered {response.StatusCode}: {Encoding.UTF8.GetString(body)}");
    }

    private async Task<Pace> RunAsync(long started, Func<HttpMessageInvoker, int, Task> ask, Func<int, int, bool> goesOn)
    {
        var lasted = await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(async () =>
        {
            List<double> milliseconds = [];
            while (goesOn(connection, milliseconds.Count))
            {
                var sent = Stopwatch.GetTimestamp();
                await ask(_client, connection);
                milliseconds.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            return milliseconds;
        })));
        return new Pace([.. lasted.SelectMany(each => each)], Stopwatch.GetElapsedTime(started));
    }
}
