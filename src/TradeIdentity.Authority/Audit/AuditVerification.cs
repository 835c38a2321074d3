namespace TradeIdentity.Authority.Audit;

/// <summary>What became of the audit trail: intact, or broken at its first bad entry.</summary>
public abstract record AuditVerification
{
    private AuditVerification()
    {
    }

    public TResult Match<TResult>(Func<Intact, TResult> intact, Func<Broken, TResult> broken) => this switch
    {
        Intact whole => intact(whole),
        Broken at => broken(at),
        _ => throw new InvalidOperationException("No third answer exists."),
    };

    /// <summary>All entries that were looked at follow one another unchanged.</summary>
    /// <param name="Entries">How many were verified.</param>
    /// <param name="Erased">Of how many the details were erased; their digests stay in the chain.</param>
    /// <param name="Head">The newest entry, to be remembered elsewhere and given to the next verification.</param>
    public sealed record Intact(long Entries, long Erased, AuditHead Head) : AuditVerification;

    /// <summary>The first entry that is not as it was written, and why.</summary>
    public sealed record Broken(long Sequence, AuditFault Fault) : AuditVerification;
}
