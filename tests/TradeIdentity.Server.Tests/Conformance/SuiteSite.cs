using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using TradeIdentity.Authority.Outbound;
using TradeIdentity.Server.Tests.Outbound;

namespace TradeIdentity.Server.Tests.Conformance;

/// <summary>What the suite publishes for the server to fetch, and where it is called: one site over TLS, under every name.</summary>
internal sealed class SuiteSite : IAsyncDisposable
{
    private readonly TlsSite _site = new();
    private readonly Channel<IFormCollection> _posted = Channel.CreateUnbounded<IFormCollection>();

    /// <summary>JSON by its path.</summary>
    public ConcurrentDictionary<string, string> Documents { get; } = new(StringComparer.Ordinal);

    /// <summary>Forms that came, in their order.</summary>
    public ChannelReader<IFormCollection> Posted => _posted.Reader;

    public OutboundNetwork Network => _site.Network;

    public Task StartAsync() => _site.StartAsync(AnswerAsync);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

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
}
