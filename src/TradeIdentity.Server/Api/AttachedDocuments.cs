using TradeIdentity.Authority.Documents;

namespace TradeIdentity.Server.Api;

/// <summary>A document that was attached; <c>sha256</c> is of its content.</summary>
internal sealed record AttachedDocumentBody(string Id, string Name, string MediaType, long Size, string Sha256, DateTimeOffset AttachedAt)
{
    internal static AttachedDocumentBody Of(AttachedDocument document) => new(document.Id, document.Name, document.MediaType, document.Size, document.Digest, document.AttachedAt);
}

/// <summary>Documents, in the order in which they were attached.</summary>
internal sealed record AttachedDocumentListBody(IReadOnlyList<AttachedDocumentBody> Items);
