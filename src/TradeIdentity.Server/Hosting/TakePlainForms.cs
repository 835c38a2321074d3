using System.Net.Mime;
using Microsoft.AspNetCore.Diagnostics;

namespace TradeIdentity.Server.Hosting;

/// <summary>
/// There is one kind of form here, in UTF-8 (RFC 6749 §3.2 and appendix B; the URL Standard §5.2 knows no charset). The framework
/// decodes a form in whatever charset its sender names, and throws where it will not; the same in each part of a multipart form, which a page
/// takes only where it takes files.
/// </summary>
internal sealed class TakePlainForms(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (IsOf(request, MediaTypeNames.Application.FormUrlEncoded))
        {
            request.ContentType = MediaTypeNames.Application.FormUrlEncoded;
        }
        else if (IsOf(request, "multipart") && context.GetEndpoint()?.Metadata.GetMetadata<TakesFilesAttribute>() is null)
        {
            // Nobody reads it after this: the page that says so would, too.
            request.ContentType = null;
            // That page is asked for in the same request, and says what a page that takes files said.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is null)
            {
                context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
                return Task.CompletedTask;
            }
        }

        return next(context);
    }

    private static bool IsOf(HttpRequest request, string type) =>
        request.ContentType is { } sent && sent.AsSpan().TrimStart().StartsWith(type, StringComparison.OrdinalIgnoreCase)
        && sent.AsSpan().TrimStart()[type.Length..] is var rest && (rest.IsEmpty || rest[0] is ';' or '/' or ' ' or '\t');
}
