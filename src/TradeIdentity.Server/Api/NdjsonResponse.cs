using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using TradeIdentity.Authority;

namespace TradeIdentity.Server.Api;

/// <summary>Answers NDJSON as it is made: what was done is told though a later line fails.</summary>
internal static class NdjsonResponse
{
    internal const string MediaType = "application/x-ndjson";

    private const int FlushEvery = 512;
    private static readonly byte[] LineFeed = [(byte)'\n'];

    /// <summary>Checks the media type of the request and lifts the limit on its size: it is read a line at a time.</summary>
    internal static async Task<bool> BeginAsync(HttpContext context)
    {
        if (!string.Equals(context.Request.ContentType?.Split(';')[0].Trim(), MediaType, StringComparison.OrdinalIgnoreCase))
        {
            await Problems.From(new Refusal("media_type_unsupported", $"Send {MediaType}.")).ExecuteAsync(context);
            return false;
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        context.Response.ContentType = MediaType;
        return true;
    }

    internal static async Task WriteAsync(HttpResponse response, IAsyncEnumerable<byte[]> lines, CancellationToken cancellationToken)
    {
        var written = 0;
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            response.BodyWriter.Write(line);
            response.BodyWriter.Write(LineFeed);
            if (++written % FlushEvery == 0)
            {
                await response.BodyWriter.FlushAsync(cancellationToken);
            }
        }

        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
