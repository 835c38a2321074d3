namespace TradeIdentity.Authority.Aeo;

/// <summary>Who may take a way of <see cref="AeoLifecycle"/>; several of them where any one may.</summary>
[Flags]
public enum AeoDecider
{
    None = 0,

    /// <summary>A person who acts for the operator.</summary>
    Holder = 1,

    /// <summary>One officer of the authority, or the authority's own system.</summary>
    Officer = 2,

    /// <summary>Two officers, both persons: one proposes, another approves.</summary>
    TwoOfficers = 4,

    /// <summary>Another register that decided it, by an import.</summary>
    Register = 8,

    /// <summary>Two officers who decided what became of the operator (<see cref="Successions.SettleSuccession"/>).</summary>
    Succession = 16,
}
