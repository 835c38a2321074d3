namespace TradeIdentity.Authority.Audit;

/// <summary>The newest entry of the trail. Remembered elsewhere, it proves later that nothing up to it was cut off or rewritten.</summary>
/// <param name="Sequence">Number of the entry; 0 where there is none.</param>
/// <param name="Hash">Its hash, hexadecimal in lower case.</param>
public sealed record AuditHead(long Sequence, string Hash)
{
    /// <summary>As somebody gives it; null: it is none.</summary>
    public static AuditHead? Read(long sequence, string? hash) =>
        sequence >= 0 && hash is { Length: 2 * AuditHash.Length } && hash.All(char.IsAsciiHexDigitLower) ? new AuditHead(sequence, hash) : null;
}
