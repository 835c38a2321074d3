using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace TradeIdentity.Server.Site;

/// <summary>Stylesheet, scripts and pictures of the pages, from the assembly. An address names its content, so browsers keep it for good.</summary>
public sealed class SiteFiles
{
    private const string Prefix = "wwwroot/";

    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly Dictionary<string, SiteFile> _files = typeof(SiteFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => name[Prefix.Length..], Read);

    /// <summary>The address of <paramref name="file"/>, e.g. <c>css/site.css</c>.</summary>
    public string this[string file] => $"/{file}?v={_files[file].Version}";

    internal void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var (name, file) in _files)
        {
            endpoints.MapGet("/" + name, (HttpContext context) => Serve(context, file)).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static FileContentHttpResult Serve(HttpContext context, SiteFile file)
    {
        context.Response.Headers.CacheControl = context.Request.Query["v"] == file.Version ? "public, max-age=31536000, immutable" : "public, max-age=300";
        return TypedResults.Bytes(file.Bytes, file.MediaType, entityTag: new EntityTagHeaderValue($"\"{file.Version}\""));
    }

    private static SiteFile Read(string resource)
    {
        using var stream = typeof(SiteFiles).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new SiteFile(bytes, MediaTypes[Path.GetExtension(resource)], Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
    }

    private sealed record SiteFile(byte[] Bytes, string MediaType, string Version);
}
