namespace TradeIdentity.Verification.Trust;

/// <summary>Who carries on what another operator was.</summary>
/// <param name="Tin">WCO Trader Identification Number.</param>
/// <param name="LegalName">Registered name, as of the bundle.</param>
public sealed record Successor(string Tin, string LegalName);
