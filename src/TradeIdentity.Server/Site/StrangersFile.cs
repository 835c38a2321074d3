using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Documents;

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

    /// <summary>The answer of a page: the file to be saved, or that there is none.</summary>
    internal static IActionResult Give(PageModel page, Outcome<(AttachedDocument Document, byte[] Content)> read)
    {
        if (!read.TryGet(out var found, out _))
        {
            return page.NotFound();
        }

        Protect(page.Response);
        return page.File(found.Content, found.Document.MediaType, NameOf(found.Document));
    }

    /// <summary>The given name, with the ending of what the file is.</summary>
    internal static string NameOf(AttachedDocument document)
    {
        var ending = $".{DocumentType.Extension(document.MediaType)}";
        return document.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? document.Name : document.Name + ending;
    }
}
