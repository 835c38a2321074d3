namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>What a person sends to register a legal entity.</summary>
/// <param name="Entity">The entity, as the person states it.</param>
/// <param name="Capacity">What the person is for it, e.g. managing director.</param>
/// <param name="Basis">Why the person may act for it, e.g. entry in a register.</param>
public sealed record EntityApplication(EntityDetails Entity, string Capacity, string Basis);
