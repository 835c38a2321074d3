using System.Globalization;
using System.Net.Mime;

namespace TradeIdentity.Server.OpenId.Limits;

/// <summary>
/// The answer to a request over a limit: 429 and when to come back (RFC 6585 §4). A client gets an OAuth error besides; in
/// front of a person the error page says it.
/// </summary>
internal static class OverLimit
{
    internal static async ValueTask AnswerAsync(HttpContext http, int wait)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        if (!ProtocolEndpoint.IsForBrowsers(http.Request.Path))
        {
            // RFC 6749 §5.2 has no code for it; §4.1.2.1 has this one.
            http.Response.ContentType = MediaTypeNames.Application.Json;
            await http.Response.WriteAsync(
                """{"error":"temporarily_unavailable","error_description":"Too many requests; Retry-After says when to come back."}""", http.RequestAborted);
        }
    }
}
