namespace TradeIdentity.Authority.Mandates;

/// <summary>Where a mandate stands. Whether it holds is another question: of its dates, and of those that it hangs from.</summary>
public enum MandateState
{
    /// <summary>Granted; the representative has not answered.</summary>
    Offered = 1,

    /// <summary>Granted and accepted.</summary>
    Accepted,

    /// <summary>The representative did not want it.</summary>
    Declined,

    /// <summary>The grantor took it back.</summary>
    Revoked,

    /// <summary>The representative gave it up.</summary>
    Renounced,
}
