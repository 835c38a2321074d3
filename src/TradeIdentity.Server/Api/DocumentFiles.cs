using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Documents;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Api;

/// <summary>Documents as bodies: one that is brought, and one that is given to be saved.</summary>
internal static class DocumentFiles
{
    internal static async Task<Outcome<ReadOnlyMemory<byte>>> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.ContentType is not ("application/pdf" or "image/png" or "image/jpeg"))
        {
            return new Refusal("media_type_unsupported", "Send application/pdf, image/png or image/jpeg.");
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = DocumentStore.MaxSize + 1;
        using var content = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(content, cancellationToken);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return DocumentStore.TooLarge;
        }

        return new ReadOnlyMemory<byte>(content.GetBuffer(), 0, (int)content.Length);
    }

    internal static Results<FileContentHttpResult, ProblemHttpResult> Give(HttpContext context, Outcome<(AttachedDocument Document, byte[] Content)> read)
    {
        if (!read.TryGet(out var found, out var refusal))
        {
            return Problems.From(refusal);
        }

        StrangersFile.Protect(context.Response);
        return TypedResults.File(found.Content, found.Document.MediaType, StrangersFile.NameOf(found.Document));
    }
}
