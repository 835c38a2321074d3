using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators;

/// <summary>Where an operator is registered, as far as it is known.</summary>
public sealed record RegisteredAddress(string? Street, string? Locality, string? PostalCode, CountryCode Country);
