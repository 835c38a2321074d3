namespace TradeIdentity.Authority.Audit;

/// <summary>How an entry of the audit trail is not as it was written. Stable, never renumbered.</summary>
public enum AuditFault
{
    /// <summary>A field or the details differ from what was hashed.</summary>
    Changed = 1,

    /// <summary>No entry has this number, though a later one exists.</summary>
    Missing = 2,

    /// <summary>The entry was written at another place of the chain.</summary>
    Reordered = 3,

    /// <summary>The entry is whole, but the one before it is not the one that it was written after.</summary>
    PredecessorRewritten = 4,

    /// <summary>The trail ends before the remembered head.</summary>
    Truncated = 5,

    /// <summary>The trail is consistent in itself up to here, but the remembered head had another hash.</summary>
    Rewritten = 6,
}
