namespace TradeIdentity.Browser.Tests;

/// <summary>One server and one Chromium for all tests; each test has a profile of its own.</summary>
[CollectionDefinition(Name)]
public sealed class OnOneBrowser : ICollectionFixture<Browser>
{
    public const string Name = "one browser";
}
