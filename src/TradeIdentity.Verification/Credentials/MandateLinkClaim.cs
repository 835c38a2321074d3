namespace TradeIdentity.Verification.Credentials;

/// <summary>One link of a mandate's chain.</summary>
/// <param name="Tin">WCO Trader Identification Number of who granted it.</param>
/// <param name="LegalName">Registered name of who granted it.</param>
/// <param name="Status">Where the link's own status is found.</param>
public sealed record MandateLinkClaim(string Tin, string LegalName, StatusReference Status);
