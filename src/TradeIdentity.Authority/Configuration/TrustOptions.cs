namespace TradeIdentity.Authority.Configuration;

/// <summary>Section <c>Trust</c>: how fresh the trust bundle is kept.</summary>
public sealed class TrustOptions
{
    /// <summary>How old a published bundle may be before a new one is made, though nothing changed.</summary>
    public int RefreshMinutes { get; set; } = 15;

    /// <summary>When a post must have the next bundle, unless its own policy says otherwise.</summary>
    public int NextUpdateHours { get; set; } = 24;
}
