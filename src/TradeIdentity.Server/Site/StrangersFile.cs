using TradeIdentity.Authority.Aeo.Attachments;

namespace TradeIdentity.Server.Site;

/// <summary>A file that somebody else made is saved and never shown in our pages' place.</summary>
internal static class StrangersFile
{
    /// <summary>No sniffing, no script, no frame, no cache.</summary>
    internal static void Protect(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, no-store";
    }

    /// <summary>The given name, with the ending of what the file is.</summary>
    internal static string NameOf(AttachedDocument document)
    {
        var ending = $".{DocumentType.Extension(document.MediaType)}";
        return document.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? document.Name : document.Name + ending;
    }
}
