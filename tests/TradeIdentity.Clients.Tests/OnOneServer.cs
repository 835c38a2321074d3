namespace TradeIdentity.Clients.Tests;

/// <summary>One server for all clients; each registers itself.</summary>
[CollectionDefinition(Name)]
public sealed class OnOneServer : ICollectionFixture<ServerForClients>
{
    public const string Name = "one server";
}
