namespace TradeIdentity.Server.Tests.Accounts;

/// <summary>The true time, and what a test set it forward by: the framework reads a true clock of its own for codes.</summary>
public sealed class ForwardTime : TimeProvider
{
    private TimeSpan _ahead;

    public void Advance(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
}
