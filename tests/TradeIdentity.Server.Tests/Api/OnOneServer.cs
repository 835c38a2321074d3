namespace TradeIdentity.Server.Tests.Api;

/// <summary>Tests that share one server, one after the other: they count what it stores.</summary>
[CollectionDefinition(Name)]
public sealed class OnOneServer : ICollectionFixture<ServerFixture>
{
    public const string Name = "Server";
}
