namespace TradeIdentity.Cli.Tests;

/// <summary>Tests that share one authority's folder, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class InOneFolder : ICollectionFixture<AuthorityFolder>
{
    public const string Name = "Authority";
}
