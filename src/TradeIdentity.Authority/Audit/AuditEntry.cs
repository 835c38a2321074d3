namespace TradeIdentity.Authority.Audit;

/// <summary>A row of <c>audit_entries</c>. Details and salt are null where they were erased.</summary>
internal sealed record AuditEntry(
    long Sequence,
    long At,
    string Actor,
    string Act,
    string Subject,
    string? Details,
    byte[]? Salt,
    byte[] DetailsDigest,
    byte[] PreviousHash,
    byte[] Hash);
