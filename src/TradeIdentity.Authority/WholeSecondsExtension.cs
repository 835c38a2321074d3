namespace TradeIdentity.Authority;

internal static class WholeSecondsExtension
{
    /// <summary>As the ledger and a credential keep a time.</summary>
    internal static DateTimeOffset WholeSeconds(this DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
