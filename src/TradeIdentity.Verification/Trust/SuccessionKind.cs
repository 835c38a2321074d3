namespace TradeIdentity.Verification.Trust;

/// <summary>What happened to an operator. The numbers are in the bundle and are never changed.</summary>
public enum SuccessionKind
{
    /// <summary>It went into another operator.</summary>
    Merged = 1,

    /// <summary>Others carry on its parts.</summary>
    Divided = 2,

    /// <summary>It has another Trader Identification Number.</summary>
    Renumbered = 3,

    /// <summary>It has another name; its number and its credentials stay.</summary>
    Renamed = 4,
}
