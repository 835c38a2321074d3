using TradeIdentity.Authority.Documents;

namespace TradeIdentity.Server.Site;

/// <summary>Documents of a page, for the partial <c>_Documents</c>.</summary>
/// <param name="Documents">In the order in which they were attached.</param>
/// <param name="Address">Where each is saved from, before its id.</param>
public sealed record ShownDocuments(IReadOnlyList<AttachedDocument> Documents, string Address)
{
    /// <summary>The page takes documents, with the handlers <c>Attach</c> and <c>Remove</c>.</summary>
    public bool MayChange { get; init; }
}
