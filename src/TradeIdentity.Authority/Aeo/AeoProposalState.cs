namespace TradeIdentity.Authority.Aeo;

/// <summary>How far a proposal is. All but the first are for good.</summary>
public enum AeoProposalState
{
    Open = 1,
    Approved,
    TurnedDown,

    /// <summary>The component moved on by another step.</summary>
    Overtaken,

    /// <summary>The officer who proposed it took it back.</summary>
    Withdrawn,
}
