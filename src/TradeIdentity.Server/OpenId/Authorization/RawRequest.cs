using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>An authorization request as the browser sent it, so that a page can send it here again, and no other in its place.</summary>
/// <param name="Query">All parameters but the ticket, as a query, whether they came in one or in a form (OpenID Connect Core §3.1.2.1).</param>
/// <param name="Digest">Of the same.</param>
/// <param name="Ticket">The sealed interaction, where the request comes back from a page.</param>
internal sealed record RawRequest(string Query, string Digest, string? Ticket)
{
    internal static RawRequest Of(HttpRequest request)
    {
        var parameters = request.HasFormContentType && HttpMethods.IsPost(request.Method) ? (IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>>)request.Form : request.Query;
        var kept = parameters.Where(parameter => parameter.Key != Interactions.Parameter).OrderBy(parameter => parameter.Key, StringComparer.Ordinal);
        var query = new QueryBuilder(kept).ToString();
        return new RawRequest(
            query,
            Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(query))),
            parameters.FirstOrDefault(parameter => parameter.Key == Interactions.Parameter).Value.ToString() is { Length: > 0 } ticket ? ticket : null);
    }
}
