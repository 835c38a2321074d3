using System.Text.Json;
using TradeIdentity.Authority.Audit;

namespace TradeIdentity.Server.Api;

/// <summary>Entries of the audit trail, the newest first.</summary>
/// <param name="Items">What was found.</param>
/// <param name="NextCursor">Gives the entries before these; the last page has none.</param>
/// <param name="SearchedTo">The number of the entry down to which was looked, where fewer were found than asked for and there are more.</param>
internal sealed record AuditPageBody(IReadOnlyList<ReadAuditEntry> Items, string? NextCursor, long? SearchedTo);

/// <summary>Asks for the next part of the chain to be verified.</summary>
/// <param name="After">The head that the part before answered, or one that was remembered elsewhere; left out: from the first entry.</param>
internal sealed record AuditCheckRequestBody(AuditHead? After = null);

/// <summary>What a part of the chain is found to be.</summary>
/// <param name="Intact">All entries of the part are as they were written, each after the one before.</param>
/// <param name="Entries">How many were verified.</param>
/// <param name="Erased">Of how many the details were erased.</param>
/// <param name="Head">Where the next part goes on.</param>
/// <param name="IsEnd">Nothing was left to verify.</param>
/// <param name="BrokenAt">The first entry that is not as it was written.</param>
/// <param name="Fault"><c>changed</c>, <c>missing</c>, <c>reordered</c>, <c>predecessorRewritten</c>, <c>truncated</c> or <c>rewritten</c>.</param>
internal sealed record AuditCheckBody(bool Intact, long? Entries, long? Erased, AuditHead? Head, bool IsEnd, long? BrokenAt, string? Fault)
{
    internal static string Name(AuditFault fault) => JsonNamingPolicy.CamelCase.ConvertName(fault.ToString());
}
