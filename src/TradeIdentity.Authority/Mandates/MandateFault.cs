namespace TradeIdentity.Authority.Mandates;

/// <summary>Why a mandate does not hold at a time.</summary>
public enum MandateFault
{
    NotAccepted = 1,
    NotYet,
    Expired,

    /// <summary>Declined, revoked or renounced.</summary>
    Ended,

    /// <summary>A link that it hangs from does not hold.</summary>
    Broken,
}
