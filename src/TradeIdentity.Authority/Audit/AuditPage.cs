namespace TradeIdentity.Authority.Audit;

/// <summary>Entries of the trail, the newest first.</summary>
/// <param name="Entries">At most as many as were asked for.</param>
/// <param name="Next">Gives the entries before these; null: there are none.</param>
/// <param name="SearchedTo">
/// Fewer were found than asked for, and entries were looked at down to this number; null: the page is full, or it is the last.
/// </param>
public sealed record AuditPage(IReadOnlyList<ReadAuditEntry> Entries, long? Next, long? SearchedTo);

/// <summary>An entry of the trail as it is read.</summary>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="At">When it was written.</param>
/// <param name="Actor">Who acted.</param>
/// <param name="Act">What was done.</param>
/// <param name="Subject">To what.</param>
/// <param name="Details">A JSON object; null: erased, its digest stays in the chain.</param>
/// <param name="PreviousHash">Of the entry before, hexadecimal.</param>
/// <param name="Hash">Its own, hexadecimal.</param>
public sealed record ReadAuditEntry(long Sequence, DateTimeOffset At, string Actor, string Act, string Subject, string? Details, string PreviousHash, string Hash);
