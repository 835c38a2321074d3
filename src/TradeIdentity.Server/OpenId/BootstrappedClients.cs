using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId;

/// <summary><c>Bootstrap:Clients</c>, read and checked.</summary>
internal sealed record BootstrappedClients(IReadOnlyList<ClientRegistration> Registrations);
