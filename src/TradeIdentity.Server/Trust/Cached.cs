using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace TradeIdentity.Server.Trust;

/// <summary>Answers that caches may keep. The platform answers a matching If-None-Match with 304 by itself.</summary>
internal static class Cached
{
    /// <summary>A minute: a revocation is seen within it even behind caches; longer only while the authority cannot be reached.</summary>
    internal const string Changing = "public, max-age=60, stale-if-error=86400";

    internal const string Lasting = "public, max-age=3600";

    /// <summary>A tag of the content itself: a number can come again, after a restore, for another content.</summary>
    internal static string TagOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));

    internal static FileContentHttpResult Bytes(HttpContext context, byte[] body, string mediaType, string tag, string cacheControl)
    {
        context.Response.Headers.CacheControl = cacheControl;
        return TypedResults.Bytes(body, mediaType, entityTag: new EntityTagHeaderValue($"\"{tag}\""));
    }
}
