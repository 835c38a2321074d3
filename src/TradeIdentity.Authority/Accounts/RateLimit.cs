namespace TradeIdentity.Authority.Accounts;

/// <summary>So many in a window of time, counted apart for each key.</summary>
/// <param name="Name">Tells the counters of one limit from those of another.</param>
/// <param name="Permits">How many pass.</param>
/// <param name="Window">From the first that passed; then it begins anew.</param>
public sealed record RateLimit(string Name, int Permits, TimeSpan Window)
{
    /// <summary>In <see cref="SharedCounts"/>: each instance counts for itself, and the database hears nothing of it.</summary>
    public bool IsOfEachInstance { get; init; }
}
