namespace TradeIdentity.Authority.Aeo;

/// <summary>Why a status is suspended (Union Customs Code, Implementing Regulation 2015/2447, article 30, and SAFE alike).</summary>
public enum SuspensionGround
{
    /// <summary>Grounds are suspected, not yet proven.</summary>
    Suspected = 1,

    /// <summary>The conditions are not met; the holder has time to remedy.</summary>
    NonCompliance,

    /// <summary>The holder asked for it.</summary>
    HolderRequest,
}
