using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// Bounds what the engine's endpoints read, and answers what it cannot read with an OAuth error (RFC 6749 §5.2) where the
/// framework would throw.
/// </summary>
internal sealed class OpenIdRequestBounds(RequestDelegate next)
{
    // A client assertion with an RSA signature and long claims stays below 8 KB.
    private const int LongestBody = 64 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/connect", StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        // RFC 6749 §5.1; the engine says it of tokens and not of every error.
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.ContentLength > LongestBody)
        {
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge);
            return;
        }

        // No parameter holds a NUL, and a database cannot look one up.
        if (context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest);
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LongestBody;
        }

        try
        {
            await next(context);
        }
        catch (BadHttpRequestException unreadable) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, unreadable.StatusCode);
        }
        catch (InvalidDataException) when (!context.Response.HasStarted)
        {
            // The form reader's word for too many or too long fields.
            await RefuseAsync(context, StatusCodes.Status400BadRequest);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = MediaTypeNames.Application.Json;
        return context.Response.WriteAsync("""{"error":"invalid_request","error_description":"The request is too large or malformed."}""", context.RequestAborted);
    }
}
