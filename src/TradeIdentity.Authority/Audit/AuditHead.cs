namespace TradeIdentity.Authority.Audit;

/// <summary>The newest entry of the trail. Remembered elsewhere, it proves later that nothing up to it was cut off or rewritten.</summary>
/// <param name="Sequence">Number of the entry; 0 where there is none.</param>
/// <param name="Hash">Its hash, hexadecimal in lower case.</param>
public sealed record AuditHead(long Sequence, string Hash);
