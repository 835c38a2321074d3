namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>An operator of the register that could be the one that is registered again.</summary>
public sealed record AlikeOperator(string Tin, string LegalName);
